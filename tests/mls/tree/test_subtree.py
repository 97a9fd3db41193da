from dataclasses import replace

import pytest

from simulator.codec import codec
from simulator.mls.tree.node import (
    LeafNodeHashInput,
    ParentNode,
    ParentNodeHashInput,
    TreeHashInput,
)
from simulator.mls.tree.subtree import (
    LeafTree,
    ParentTree,
    blank_subtree,
    find,
    hash_without,
    in_order,
    leftmost_blank_leaf,
    replaced,
    same_nodes,
)
from tests.mls.leaves import SUITE, clients

LEAVES = [member.leaf for member in clients(4)]
PARENT = ParentNode(b"key", b"", ())


def pair(index: int, parent: ParentNode | None = None) -> ParentTree:
    leaves = [LeafTree(SUITE, 4 * index + 2 * side, LEAVES[2 * index + side]) for side in (0, 1)]
    return ParentTree(parent, leaves[0], leaves[1])


def test_blank_leaves_are_where_they_should_be() -> None:
    tree = blank_subtree(SUITE, 2, 4)
    assert [node.index for node in in_order(tree)] == [8, 9, 10, 11, 12, 13, 14]
    assert tree.is_empty
    assert not tree.is_full
    assert tree.resolution == ()
    assert leftmost_blank_leaf(tree) == 4


def test_tree_hash_is_the_hash_of_its_input() -> None:
    encode = codec(TreeHashInput).encode
    left, right = (SUITE.hash(encode(LeafNodeHashInput(index, LEAVES[index]))) for index in (0, 1))
    assert pair(0, PARENT).tree_hash == SUITE.hash(encode(ParentNodeHashInput(PARENT, left, right)))
    assert blank_subtree(SUITE, 0, 3).tree_hash == SUITE.hash(encode(LeafNodeHashInput(3, None)))


def test_a_resolution_stops_at_a_key_and_names_its_unmerged_leaves() -> None:
    blank_top = ParentTree(None, pair(0, PARENT), pair(1))
    assert blank_top.resolution == (1, 4, 6)
    with_unmerged = replace(PARENT, unmerged_leaves=(1, 3))
    assert ParentTree(with_unmerged, pair(0, PARENT), pair(1)).resolution == (3, 2, 6)


def test_replacing_a_leaf_shares_what_is_not_above_it() -> None:
    tree = ParentTree(PARENT, pair(0, PARENT), pair(1, PARENT))
    changed = replaced(tree, 2, None, lambda parent: None)
    assert isinstance(changed, ParentTree)
    assert changed.left is tree.left
    assert [node.index for node in in_order(changed) if node.node is None] == [3, 4, 5]
    assert [member.leaf_index for member in changed.members] == [0, 1, 3]
    assert leftmost_blank_leaf(changed) == 2
    assert leftmost_blank_leaf(tree) is None
    assert [member.leaf_index for member in tree.members] == [0, 1, 2, 3]
    assert changed.members[0] is tree.members[0]


def test_subtrees_are_the_same_if_all_their_nodes_are_equal() -> None:
    tree = ParentTree(PARENT, pair(0, PARENT), pair(1, PARENT))
    assert same_nodes(tree, ParentTree(PARENT, pair(0, PARENT), pair(1, PARENT)))
    assert same_nodes(tree, replaced(tree, 2, LEAVES[2], lambda parent: parent.node))
    others = [
        ParentTree(None, pair(0, PARENT), pair(1, PARENT)),
        ParentTree(PARENT, pair(0, PARENT), pair(1)),
        replaced(tree, 2, None, lambda parent: parent.node),
        replaced(tree, 3, LEAVES[0], lambda parent: parent.node),
        tree.left,
        blank_subtree(SUITE, 0, 0),
    ]
    assert not any(same_nodes(tree, other) or same_nodes(other, tree) for other in others)


def test_find_by_node_index() -> None:
    tree = ParentTree(None, pair(0), pair(1))
    assert [find(tree, index).index for index in range(7)] == list(range(7))
    with pytest.raises(IndexError):
        find(tree, 7)


def test_hash_without_leaves_is_the_hash_before_they_came() -> None:
    before = ParentTree(PARENT, replaced(pair(0, PARENT), 1, None, lambda parent: parent.node), pair(1, PARENT))
    unmerged = replace(PARENT, unmerged_leaves=(1,))
    after = ParentTree(unmerged, pair(0, unmerged), pair(1, PARENT))
    assert after.tree_hash != before.tree_hash
    assert hash_without(after, frozenset({1})) == before.tree_hash
    assert hash_without(after, frozenset({7})) == after.tree_hash
