"""tree-validation.json: resolutions and tree hashes of every node, parent hashes and leaf signatures."""

from typing import Any

import pytest

from simulator.codec import codec
from simulator.mls.crypto import cipher_suite
from simulator.mls.long_work import finish
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.tree_validation import check_tree

pytestmark = pytest.mark.vectors("tree-validation")
unhex = bytes.fromhex


def test_tree_validation(vector: Any) -> None:
    nodes = codec(RatchetTreeNodes).decode(unhex(vector["tree"]))
    tree = RatchetTree.from_nodes(cipher_suite(vector["cipher_suite"]), nodes)
    assert [list(tree.resolution(node)) for node in range(len(vector["resolutions"]))] == vector["resolutions"]
    assert [tree.subtree(node).tree_hash.hex() for node in range(len(vector["tree_hashes"]))] == vector["tree_hashes"]
    finish(check_tree(tree, unhex(vector["group_id"])))
