from dataclasses import replace

import pytest

from simulator.mls.errors import InvalidLeafNode, InvalidTree
from simulator.mls.long_work import finish
from simulator.mls.tree.leaf_node import CommitSource, LeafNode, LeafPlace
from simulator.mls.tree.node import ParentNode
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.tree_validation import check_parent_hashes, check_tree, check_unmerged_leaves
from tests.breaking import breaks
from tests.mls.leaves import GROUP, SUITE, clients, committed, tree_of, with_parent

CLIENTS = clients(10)


def full_tree(count: int = 8) -> RatchetTree:
    tree, _ = committed(tree_of(CLIENTS[:count]), CLIENTS, range(count))
    return tree


def with_unmerged_leaves() -> RatchetTree:
    """Leaves 2 and 5 have come after the keys above them were set: 2 at the nodes 3 and 7, 5 at 11 and 7."""
    tree, _ = committed(full_tree().remove(2).remove(5), CLIENTS, [0, 6])
    for member in (CLIENTS[8], CLIENTS[9]):
        tree, _ = tree.add(member.leaf)
    return tree


def refused(tree: RatchetTree) -> str:
    with pytest.raises(InvalidTree) as caught:
        finish(check_tree(tree, GROUP))
    return caught.value.rule


@pytest.mark.parametrize("count", range(1, 10))
def test_trees_of_every_size_are_good(count: int) -> None:
    finish(check_tree(full_tree(count), GROUP))


def test_trees_with_blanks_and_unmerged_leaves_are_good() -> None:
    finish(check_tree(with_unmerged_leaves(), GROUP))
    finish(check_tree(full_tree().remove(3), GROUP))
    finish(check_tree(committed(full_tree().remove(3), CLIENTS, [2, 6])[0], GROUP))
    finish(check_tree(committed(with_unmerged_leaves(), CLIENTS, [7])[0], GROUP))


def test_unmerged_leaves_under_a_sibling_are_left_out_of_its_hash() -> None:
    """RFC 9420 7.9: the original sibling tree hash is that of the sibling before those leaves came."""
    tree = with_unmerged_leaves()
    unmerged = {index: node.unmerged_leaves for index, node in enumerate(tree.nodes()) if isinstance(node, ParentNode)}
    assert (unmerged[3], unmerged[7], unmerged[11]) == ((2,), (2, 5), (5,))
    finish(check_parent_hashes(tree))
    assert (
        refused(with_parent(with_parent(tree, 3, unmerged_leaves=()), 7, unmerged_leaves=(5,))) == "parent_hash_invalid"
    )


@breaks("RFC9420-7.1-UNMERGED-LEAVES-UNSORTED")
def test_unmerged_leaves_are_sorted() -> None:
    assert refused(with_parent(with_unmerged_leaves(), 7, unmerged_leaves=(5, 2))) == "unmerged_leaves_unsorted"
    assert refused(with_parent(with_unmerged_leaves(), 7, unmerged_leaves=(2, 2, 5))) == "unmerged_leaves_unsorted"


@breaks("RFC9420-12.4.3.1-UNMERGED-LEAF-NOT-BELOW")
def test_unmerged_leaves_are_below() -> None:
    assert refused(with_parent(full_tree(), 3, unmerged_leaves=(4,))) == "unmerged_leaf_not_below"
    assert refused(with_parent(full_tree(), 7, unmerged_leaves=(8,))) == "unmerged_leaf_not_below"


@breaks("RFC9420-12.4.3.1-UNMERGED-LEAF-BLANK")
def test_unmerged_leaves_are_not_blank() -> None:
    tree, _ = committed(full_tree().remove(3), CLIENTS, [0])
    assert refused(with_parent(tree, 3, unmerged_leaves=(3,))) == "unmerged_leaf_blank"


@breaks("RFC9420-12.4.3.1-UNMERGED-LEAF-UNCHAINED")
def test_unmerged_leaves_are_listed_all_the_way_down() -> None:
    tree = with_parent(with_unmerged_leaves(), 3, unmerged_leaves=())
    with pytest.raises(InvalidTree) as caught:
        finish(check_unmerged_leaves(tree))
    assert caught.value.rule == "unmerged_leaf_unchained"


@pytest.mark.parametrize("node", [1, 3, 7, 13])
@pytest.mark.parametrize("field", ["encryption_key", "parent_hash"])
def test_a_parent_that_nobody_vouches_for(node: int, field: str) -> None:
    assert refused(with_parent(full_tree(), node, **{field: b"forged"})) == "parent_hash_invalid"


def test_a_parent_put_into_a_blank_place() -> None:
    nodes = list(tree_of(CLIENTS[:4]).nodes())
    nodes[3] = ParentNode(b"known to somebody", b"", ())
    assert refused(RatchetTree.from_nodes(SUITE, tuple(nodes))) == "parent_hash_invalid"


def test_a_merged_leaf_does_not_count_as_unmerged() -> None:
    """If a member were unmerged at its own parent, two nodes would come into question; none vouches for it."""
    tree = with_parent(with_parent(full_tree(4), 3, unmerged_leaves=(0,)), 1, unmerged_leaves=(0,))
    assert refused(tree) == "parent_hash_invalid"


def test_a_leaf_can_not_be_passed_off_as_merged() -> None:
    """Leaf 1 came after leaf 0 had set the root, and does not know its key: so the root must list it."""
    tree, _ = committed(tree_of(CLIENTS[:4]).remove(1), CLIENTS, [0])
    tree, _ = tree.add(CLIENTS[4].leaf)
    finish(check_tree(tree, GROUP))
    assert refused(with_parent(tree, 3, unmerged_leaves=())) == "parent_hash_invalid"


def test_a_leaf_that_is_merged_below_is_not_unmerged_above() -> None:
    tree, _ = committed(tree_of(CLIENTS[:4]), CLIENTS, [0])
    finish(check_parent_hashes(tree))
    with pytest.raises(InvalidTree) as caught:
        finish(check_parent_hashes(with_parent(tree, 3, unmerged_leaves=(1,))))
    assert caught.value.rule == "parent_hash_invalid"


def test_a_parent_hash_is_only_taken_from_a_committed_leaf() -> None:
    tree = full_tree(2)
    nodes = list(tree.nodes())
    nodes[2] = CLIENTS[1].leaf
    assert refused(RatchetTree.from_nodes(SUITE, tuple(nodes))) == "parent_hash_invalid"


def test_leaves_are_checked_for_their_place() -> None:
    tree = full_tree(4)
    finish(check_tree(tree, GROUP))
    with pytest.raises(InvalidLeafNode) as caught:
        finish(check_tree(tree, b"another group"))
    assert caught.value.rule == "invalid_signature"


def test_each_leaf_is_checked() -> None:
    leaf = tree_of(CLIENTS[:3]).leaf(2)
    assert leaf is not None
    nodes = (*tree_of(CLIENTS[:2]).nodes(), None, replace(leaf, signature=b"forged"))
    with pytest.raises(InvalidLeafNode):
        finish(check_tree(RatchetTree.from_nodes(SUITE, nodes), GROUP))


def test_a_committed_leaf_with_a_foreign_parent_hash() -> None:
    tree = full_tree(2)
    leaf = tree.leaf(1)
    assert isinstance(leaf, LeafNode)
    forged = CLIENTS[1].resigned(
        LeafPlace(GROUP, 1), encryption_key=leaf.encryption_key, source=CommitSource(b"another parent hash")
    )
    assert refused(RatchetTree.from_nodes(SUITE, (*tree.nodes()[:2], forged))) == "parent_hash_invalid"
