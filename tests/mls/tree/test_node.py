"""Nodes one by one are encoded as the ratchet_tree extension has them."""

import pytest

from simulator.codec import DecodeError, codec
from simulator.codec.varint import read_varint
from simulator.fuzzing.whole_group import WholeGroup, removal
from simulator.mls.tree.node import RatchetTreeNodes, decode_nodes, encode_node
from simulator.mls.tree.ratchet_tree import RatchetTree

_NODES = codec(RatchetTreeNodes)


def without_length(nodes: RatchetTreeNodes) -> bytes:
    data = _NODES.encode(nodes)
    length, start = read_varint(data, 0, len(data))
    assert length == len(data) - start
    return data[start:]


@pytest.fixture
def trees() -> list[RatchetTree]:
    """One group's, from epoch to epoch: with parents, unmerged leaves, blanks within and on the right."""
    whole = WholeGroup.of("alice", "bob", "carol", "dave", "erin")
    found = [whole.service.tree]
    for committer, proposals in (("alice", ()), ("carol", ()), ("bob", (removal(whole, "erin"),)), ("carol", ())):
        whole.commit(committer, *proposals, force_path=True)
        found.append(whole.service.tree)
    whole.commit("alice", removal(whole, "bob"), removal(whole, "dave"))
    return [*found, whole.service.tree]


def test_nodes_are_encoded_as_in_the_extension(trees: list[RatchetTree]) -> None:
    for tree in trees:
        nodes = tree.nodes()
        data = b"".join(map(encode_node, nodes))
        assert data == without_length(nodes) == tree.encoded_nodes()
        assert decode_nodes(data) == nodes
        assert RatchetTree.from_nodes(tree.suite, nodes).encoded_nodes() == data


def test_a_node_that_is_cut_off_is_none() -> None:
    with pytest.raises(DecodeError):
        decode_nodes(b"\x00\x01")
