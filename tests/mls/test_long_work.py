"""Long work has places to stop, and as many as there is work."""

import pytest

from simulator.mls.long_work import STRIDE, Steps, finish
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.tree_validation import check_tree
from tests.mls.leaves import GROUP, clients, committed, tree_of


def counted(steps: int) -> Steps[int]:
    for _ in range(steps):
        yield
    return steps


def failing() -> Steps[int]:
    yield
    raise ValueError("in the second step")


def test_all_at_once_is_the_same_work() -> None:
    assert finish(counted(0)) == 0
    assert finish(counted(3)) == 3
    with pytest.raises(ValueError, match="in the second step"):
        finish(failing())


def places(tree: RatchetTree) -> int:
    return sum(1 for _ in check_tree(tree, GROUP))


def test_only_the_check_of_a_large_tree_has_places_to_stop() -> None:
    members = clients(3 * STRIDE)
    small, _ = committed(tree_of(members[: STRIDE - 1]), members, range(STRIDE - 1))
    large, _ = committed(tree_of(members), members, range(len(members)))
    parents = sum(1 for node in large.nodes() if node is not None and not isinstance(node, LeafNode))
    assert places(small) == 0
    assert places(large) == 3 + 2 * (parents // STRIDE)
