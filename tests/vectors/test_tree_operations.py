"""tree-operations.json: a tree before and after an Add, Update or Remove."""

from typing import Any

import pytest

from simulator.codec import codec
from simulator.mls.crypto import cipher_suite
from simulator.mls.proposals.proposals import Add, Proposal, Remove, Update
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.mls.tree.ratchet_tree import RatchetTree

pytestmark = pytest.mark.vectors("tree-operations")
unhex = bytes.fromhex


def test_tree_operations(vector: Any) -> None:
    nodes = codec(RatchetTreeNodes)
    before = RatchetTree.from_nodes(cipher_suite(vector["cipher_suite"]), nodes.decode(unhex(vector["tree_before"])))
    assert before.tree_hash == unhex(vector["tree_hash_before"])
    after = applied(before, codec(Proposal).decode(unhex(vector["proposal"])), vector["proposal_sender"])
    assert nodes.encode(after.nodes()) == unhex(vector["tree_after"])
    assert after.tree_hash == unhex(vector["tree_hash_after"])
    assert nodes.encode(before.nodes()) == unhex(vector["tree_before"])


def applied(tree: RatchetTree, proposal: Proposal, sender: int) -> RatchetTree:
    match proposal:
        case Add():
            return tree.add(proposal.key_package.leaf_node)[0]
        case Update():
            return tree.update(sender, proposal.leaf_node)
        case Remove():
            return tree.remove(proposal.removed)
        case _:
            raise AssertionError(f"{proposal} does not change a tree")
