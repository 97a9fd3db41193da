"""The tree against the definitions of RFC 9420 4.1, spelled out over plain lists of nodes."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.codec import codec
from simulator.mls.errors import InvalidTree
from simulator.mls.tree import tree_math
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import LeafNodeHashInput, Node, ParentNode, ParentNodeHashInput, TreeHashInput
from simulator.mls.tree.ratchet_tree import RatchetTree
from tests.breaking import breaks
from tests.mls.leaves import SUITE, clients, committed, encoded, tree_of

CLIENTS = clients(9)
LEAVES = [member.leaf for member in CLIENTS]


def refused(nodes: Sequence[Node | None]) -> str:
    with pytest.raises(InvalidTree) as caught:
        RatchetTree.from_nodes(SUITE, tuple(nodes))
    return caught.value.rule


def test_a_tree_of_one() -> None:
    tree = RatchetTree.of_one(SUITE, LEAVES[0])
    assert tree.leaf_count == 1
    assert tree.nodes() == (LEAVES[0],)
    assert tree.filtered_direct_path(0) == ()
    assert tree.node_with_key(LEAVES[0].encryption_key) == 0


def test_adding_fills_the_leftmost_blank_and_then_doubles() -> None:
    tree = tree_of(CLIENTS[:4])
    tree = tree.remove(1)
    tree, index = tree.add(LEAVES[4])
    assert (index, tree.leaf_count) == (1, 4)
    assert tree.leftmost_blank_leaf() == 4
    tree, index = tree.add(LEAVES[5])
    assert (index, tree.leaf_count) == (4, 8)
    assert [member for member, _ in tree.leaves()] == [0, 1, 2, 3, 4]


def test_a_new_leaf_is_unmerged_at_every_key_above_it() -> None:
    tree, _ = committed(tree_of(CLIENTS[:7]), CLIENTS, range(7))
    tree, index = tree.add(LEAVES[7])
    assert index == 7
    for node in tree_math.direct_path(7, 8):
        parent = tree.node(node)
        assert parent is None or (isinstance(parent, ParentNode) and parent.unmerged_leaves == (7,))


def test_unmerged_leaves_stay_sorted() -> None:
    tree, _ = committed(tree_of(CLIENTS[:8]), CLIENTS, range(8))
    # Leaf 2 and then 1 are taken again: without sorting, node 7 would list them as they came.
    nodes = list(tree.nodes())
    nodes[1], nodes[2], nodes[3] = None, None, None
    nodes[7] = ParentNode(b"root key", b"", (2,))
    grown, index = RatchetTree.from_nodes(SUITE, tuple(nodes)).add(LEAVES[8])
    parent = grown.node(7)
    assert index == 1
    assert isinstance(parent, ParentNode)
    assert parent.unmerged_leaves == (1, 2)


def test_update_blanks_the_path() -> None:
    tree, _ = committed(tree_of(CLIENTS[:4]), CLIENTS, range(4))
    updated = tree.update(2, LEAVES[5])
    assert updated.leaf(2) == LEAVES[5]
    assert [node for node in range(7) if updated.node(node) is None] == [3, 5]
    assert updated.node_with_key(LEAVES[5].encryption_key) == 4
    gone = tree.leaf(2)
    assert gone is not None
    assert updated.node_with_key(gone.encryption_key) is None


def test_remove_cuts_off_what_is_empty_on_the_right() -> None:
    tree = tree_of(CLIENTS[:5])
    assert tree.leaf_count == 8
    assert tree.remove(4).leaf_count == 4
    assert tree.remove(3).remove(4).leaf_count == 4
    assert tree.remove(4).remove(2).remove(3).leaf_count == 2
    assert tree.remove(0).leaf_count == 8


@breaks("RFC9420-12.1.3-NO-MEMBERS-LEFT")
def test_the_last_member_stays() -> None:
    with pytest.raises(InvalidTree) as caught:
        RatchetTree.of_one(SUITE, LEAVES[0]).remove(0)
    assert caught.value.rule == "no_members_left"


def test_operations_leave_the_tree_before_as_it_was() -> None:
    tree, _ = committed(tree_of(CLIENTS[:4]), CLIENTS, range(4))
    before, hash_before = encoded(tree), tree.tree_hash
    tree.add(LEAVES[5])
    tree.update(1, LEAVES[5])
    tree.remove(3)
    committed(tree, CLIENTS, [0])
    assert (encoded(tree), tree.tree_hash) == (before, hash_before)
    assert tree.node_with_key(LEAVES[5].encryption_key) is None


def test_reading_beyond_the_tree() -> None:
    tree = tree_of(CLIENTS[:3])
    assert tree.leaf(3) is None
    assert tree.leaf(4) is None
    assert tree.leaf(-1) is None
    assert tree.node(7) is None
    with pytest.raises(IndexError):
        tree.subtree(7)
    with pytest.raises(ValueError, match="node 5 is blank"):
        tree.encryption_key(5)


def test_import_round_trip() -> None:
    tree, _ = committed(tree_of(CLIENTS[:5]), CLIENTS, range(5))
    again = RatchetTree.from_nodes(SUITE, tree.nodes())
    assert encoded(again) == encoded(tree)
    assert again.tree_hash == tree.tree_hash
    assert again.leaf_count == 8


def test_import_refuses_nodes_that_are_no_tree() -> None:
    nodes = tree_of(CLIENTS[:2]).nodes()
    parent = ParentNode(b"key", b"", ())
    assert refused(()) == "empty_tree"
    assert refused((*nodes, None)) == "last_node_blank"
    assert refused((nodes[0], None, parent)) == "misplaced_node"
    assert refused((nodes[0], nodes[2])) == "misplaced_node"
    assert refused((nodes[0], None, nodes[0])) == "duplicate_encryption_key"
    leaf = nodes[0]
    assert leaf is not None
    assert refused((leaf, replace(parent, encryption_key=leaf.encryption_key), nodes[2])) == "duplicate_encryption_key"


def test_growing_makes_room_and_nothing_else() -> None:
    tree = tree_of(CLIENTS[:2])
    assert tree.grown_for(1) is tree
    assert tree.grown_for(2).leaf_count == 4
    assert encoded(tree.grown_for(2)) == encoded(tree)


CHANGES = st.lists(st.tuples(st.sampled_from(["add", "remove", "update", "path"]), st.integers(0, 100)), max_size=14)


@settings(max_examples=60, deadline=None)
@given(CHANGES)
def test_the_tree_agrees_with_the_definitions(changes: list[tuple[str, int]]) -> None:
    tree = tree_of(CLIENTS[:3])
    spare = clients(24)[9:]
    for change, number in changes:
        members = [index for index, _ in tree.leaves()]
        chosen = members[number % len(members)]
        match change:
            case "add":
                tree, _ = tree.add(spare.pop().leaf)
            case "update":
                tree = tree.update(chosen, spare.pop().leaf)
            case "path":
                path = {
                    step.node: ParentNode(b"%d-%d" % (number, step.node), b"", ())
                    for step in tree.filtered_direct_path(chosen)
                }
                tree = tree.with_path(chosen, spare.pop().leaf, path)
            case _ if len(members) > 1:
                tree = tree.remove(chosen)
        check_against_definitions(tree)


def check_against_definitions(tree: RatchetTree) -> None:
    count = tree_math.node_count(tree.leaf_count)
    nodes: list[Node | None] = [*tree.nodes(), *[None] * (count - len(tree.nodes()))]
    assert tree.tree_hash == plain_hash(nodes, tree_math.root(tree.leaf_count))
    for node in range(count):
        assert list(tree.resolution(node)) == plain_resolution(nodes, node)
    for index, _ in tree.leaves():
        expected = [
            node for below, node in pairwise(path_of(index, tree)) if plain_resolution(nodes, tree_math.sibling(below))
        ]
        assert [step.node for step in tree.filtered_direct_path(index)] == expected
    assert tree.leaf_count == 1 or any(nodes[index] for index in range(tree.leaf_count, count, 2))
    keys = {node.encryption_key: index for index, node in enumerate(nodes) if node is not None}
    assert all(tree.node_with_key(key) == index for key, index in keys.items())


def path_of(leaf_index: int, tree: RatchetTree) -> list[int]:
    return [2 * leaf_index, *tree_math.direct_path(leaf_index, tree.leaf_count)]


def plain_resolution(nodes: list[Node | None], node: int) -> list[int]:
    content = nodes[node]
    if isinstance(content, LeafNode):
        return [node]
    if isinstance(content, ParentNode):
        return [node, *(2 * leaf for leaf in content.unmerged_leaves)]
    if node % 2 == 0:
        return []
    return plain_resolution(nodes, tree_math.left(node)) + plain_resolution(nodes, tree_math.right(node))


def plain_hash(nodes: list[Node | None], node: int) -> bytes:
    content = nodes[node]
    if node % 2 == 0:
        assert not isinstance(content, ParentNode)
        return SUITE.hash(codec(TreeHashInput).encode(LeafNodeHashInput(node // 2, content)))
    assert not isinstance(content, LeafNode)
    left, right = plain_hash(nodes, tree_math.left(node)), plain_hash(nodes, tree_math.right(node))
    return SUITE.hash(codec(TreeHashInput).encode(ParentNodeHashInput(content, left, right)))


def test_trees_with_equal_nodes_are_equal_and_share_them_from_then_on() -> None:
    tree, same = (tree_of(CLIENTS[:5]) for _ in range(2))
    other = tree_of(CLIENTS[:4])
    assert tree.top is not same.top
    assert tree == same
    assert hash(tree) == hash(same)
    assert tree.top is same.top
    assert tree not in (other, other.add(LEAVES[5])[0], tree.top)
    assert tree == other.add(LEAVES[4])[0]
