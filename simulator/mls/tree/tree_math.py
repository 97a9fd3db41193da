"""Node indices of a full binary tree laid out as an array (RFC 9420 appendix C, 4.1.2).

Leaf `L` is node `2 * L`; a parent stands between its two subtrees. The level of a node is the height of its subtree:
leaves are at level 0 and have even indices.
"""


def level(node: int) -> int:
    """The height of the subtree under `node`: 0 for a leaf."""
    return (node ^ (node + 1)).bit_length() - 1


def node_count(leaf_count: int) -> int:
    """The number of nodes of a tree with this many leaves."""
    return 2 * leaf_count - 1


def full_leaf_count(leaf_count: int) -> int:
    """The number of leaves of the smallest full tree that has room for `leaf_count`: a power of two."""
    return 1 << (leaf_count - 1).bit_length()


def root(leaf_count: int) -> int:
    """The root of a full tree."""
    return full_leaf_count(leaf_count) - 1


def left(node: int) -> int:
    """The left child of a parent."""
    return node ^ (1 << (_parent_level(node) - 1))


def right(node: int) -> int:
    """The right child of a parent."""
    return node ^ (3 << (_parent_level(node) - 1))


def _parent_level(node: int) -> int:
    height = level(node)
    if height == 0:
        raise ValueError(f"node {node} is a leaf and has no children")
    return height


def parent(node: int) -> int:
    """The node above, as if the tree went on for ever."""
    height = level(node)
    return (node | (1 << height)) & ~(1 << (height + 1))


def sibling(node: int) -> int:
    """The other child of the node above."""
    above = parent(node)
    return right(above) if node < above else left(above)


def direct_path(leaf_index: int, leaf_count: int) -> list[int]:
    """The parents of a leaf, from the lowest to the root."""
    top = root(leaf_count)
    path = []
    node = 2 * leaf_index
    while node != top:
        node = parent(node)
        path.append(node)
    return path


def leaf_range(node: int) -> range:
    """The leaf indices under `node`."""
    span = 1 << level(node)
    first = (node + 1 - span) // 2
    return range(first, first + span)


def is_under(leaf_index: int, node: int) -> bool:
    """Whether the leaf is in the subtree of `node`."""
    return leaf_index in leaf_range(node)


def common_ancestor(leaf_index: int, other: int) -> int:
    """The lowest node above two leaves, or the leaf's own node if they are one."""
    height = (leaf_index ^ other).bit_length()
    return ((leaf_index >> height) << (height + 1)) + (1 << height) - 1
