"""tree-math.json: every relation between node indices, for trees of 1 to 512 leaves."""

from typing import Any

import pytest

from simulator.mls.tree import tree_math

pytestmark = pytest.mark.vectors("tree-math")


def test_tree_math(vector: Any) -> None:
    leaves, nodes = vector["n_leaves"], vector["n_nodes"]
    top = tree_math.root(leaves)
    assert tree_math.node_count(leaves) == nodes
    assert top == vector["root"]
    inner = range(1, nodes, 2)
    below = [node for node in range(nodes) if node != top]
    assert [tree_math.left(node) for node in inner] == vector["left"][1::2]
    assert [tree_math.right(node) for node in inner] == vector["right"][1::2]
    assert [tree_math.parent(node) for node in below] == [value for value in vector["parent"] if value is not None]
    assert [tree_math.sibling(node) for node in below] == [value for value in vector["sibling"] if value is not None]
