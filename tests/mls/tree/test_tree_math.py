import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.mls.tree import tree_math


def test_the_picture_of_the_rfc() -> None:
    """RFC 9420 appendix C: eight leaves, fifteen nodes."""
    assert tree_math.root(8) == 7
    assert tree_math.node_count(8) == 15
    assert [tree_math.level(node) for node in range(15)] == [0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0]
    assert (tree_math.left(7), tree_math.right(7)) == (3, 11)
    assert (tree_math.parent(5), tree_math.sibling(5)) == (3, 1)
    assert tree_math.direct_path(2, 8) == [5, 3, 7]
    assert tree_math.direct_path(0, 1) == []


def test_a_leaf_has_no_children() -> None:
    with pytest.raises(ValueError, match="node 4 is a leaf"):
        tree_math.left(4)
    with pytest.raises(ValueError, match="node 4 is a leaf"):
        tree_math.right(4)


@pytest.mark.parametrize(("leaves", "full"), [(1, 1), (2, 2), (3, 4), (4, 4), (5, 8), (1000, 1024)])
def test_trees_are_full(leaves: int, full: int) -> None:
    assert tree_math.full_leaf_count(leaves) == full
    assert tree_math.root(leaves) == full - 1


@given(st.integers(0, 2**20))
def test_children_are_each_others_sibling(index: int) -> None:
    node = 2 * index + 1
    left, right = tree_math.left(node), tree_math.right(node)
    assert left < node < right
    assert tree_math.parent(left) == tree_math.parent(right) == node
    assert (tree_math.sibling(left), tree_math.sibling(right)) == (right, left)
    assert [*tree_math.leaf_range(left), *tree_math.leaf_range(right)] == list(tree_math.leaf_range(node))


@given(st.integers(0, 255), st.integers(0, 255))
def test_the_common_ancestor_is_the_first_node_both_paths_share(one: int, other: int) -> None:
    paths = [[2 * leaf, *tree_math.direct_path(leaf, 256)] for leaf in (one, other)]
    shared = next(node for node in paths[0] if node in paths[1])
    assert tree_math.common_ancestor(one, other) == shared
    assert tree_math.is_under(one, shared)
    assert tree_math.is_under(other, shared)
