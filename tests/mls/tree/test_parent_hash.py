from simulator.codec import encode
from simulator.mls.tree.node import ParentHashInput, ParentNode
from simulator.mls.tree.parent_hash import parent_hash, path_nodes
from tests.mls.leaves import SUITE, clients, tree_of


def test_a_parent_hash_covers_key_parent_and_sibling() -> None:
    node = ParentNode(b"key", b"above", (1,))
    assert parent_hash(SUITE, node, b"sibling") == SUITE.hash(encode(ParentHashInput(b"key", b"above", b"sibling")))


def test_a_path_chains_its_hashes_from_the_root_down() -> None:
    tree = tree_of(clients(4))
    steps = tree.filtered_direct_path(0)
    nodes, for_leaf = path_nodes(SUITE, steps, [b"low", b"high"])
    high = ParentNode(b"high", b"", ())
    low = ParentNode(b"low", parent_hash(SUITE, high, tree.subtree(5).tree_hash), ())
    assert nodes == {1: low, 3: high}
    assert for_leaf == parent_hash(SUITE, low, tree.subtree(2).tree_hash)


def test_without_parents_there_is_nothing_to_hash() -> None:
    assert path_nodes(SUITE, (), ()) == ({}, b"")
