"""A node of a ratchet tree with everything below it, as an immutable value.

Changing a leaf makes new subtrees only along its path to the root; all others are shared with the tree before, along
with the hashes, resolutions and lists of members that they have worked out.
"""

from collections.abc import Callable, Iterator
from functools import cached_property

from simulator.codec import codec
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.tree import tree_math
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import LeafNodeHashInput, ParentNode, ParentNodeHashInput, TreeHashInput, encode_node
from simulator.mls.tree.roster import Member

_TREE_HASH_INPUT = codec(TreeHashInput)


class LeafTree:
    """A leaf, perhaps blank."""

    level = 0

    def __init__(self, suite: CipherSuite, index: int, node: LeafNode | None) -> None:
        self.suite = suite
        self.index = index
        self.node = node

    @cached_property
    def tree_hash(self) -> bytes:
        """The tree hash (RFC 9420 7.8)."""
        return self.suite.hash(_TREE_HASH_INPUT.encode(LeafNodeHashInput(self.index // 2, self.node)))

    @cached_property
    def encoded(self) -> bytes:
        """All its nodes as a ratchet_tree extension has them, in the order of their indices."""
        return encode_node(self.node)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Whoever is at an occupied leaf, in the order of the leaves."""
        return () if self.node is None else (Member(self.index // 2, self.node),)

    @property
    def trailing_blanks(self) -> int:
        """How many of its last nodes are blank."""
        return 1 if self.node is None else 0

    @property
    def resolution(self) -> tuple[int, ...]:
        """Itself unless blank (RFC 9420 4.1.1)."""
        return () if self.node is None else (self.index,)

    @property
    def is_empty(self) -> bool:
        """Whether no leaf below is occupied."""
        return self.node is None

    @property
    def is_full(self) -> bool:
        """Whether every leaf below is occupied."""
        return self.node is not None


class ParentTree:
    """A parent, perhaps blank, and its two subtrees."""

    def __init__(self, node: ParentNode | None, left: "Subtree", right: "Subtree") -> None:
        self.suite: CipherSuite = left.suite
        self.level: int = left.level + 1
        self.index: int = left.index + (1 << left.level)
        self.node = node
        self.left = left
        self.right = right
        self.is_empty: bool = left.is_empty and right.is_empty
        self.is_full: bool = left.is_full and right.is_full

    @cached_property
    def tree_hash(self) -> bytes:
        """The tree hash (RFC 9420 7.8)."""
        return self.hash_as(self.node, self.left.tree_hash, self.right.tree_hash)

    def hash_as(self, node: ParentNode | None, left_hash: bytes, right_hash: bytes) -> bytes:
        """The tree hash this node would have with another content."""
        return self.suite.hash(_TREE_HASH_INPUT.encode(ParentNodeHashInput(node, left_hash, right_hash)))

    @cached_property
    def encoded(self) -> bytes:
        """All its nodes as a ratchet_tree extension has them, in the order of their indices."""
        return b"".join((self.left.encoded, encode_node(self.node), self.right.encoded))

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Whoever is at an occupied leaf, in the order of the leaves."""
        return self.left.members + self.right.members

    @property
    def trailing_blanks(self) -> int:
        """How many of its last nodes are blank."""
        last = self.right.trailing_blanks
        all_blank = self.node is None and last == tree_math.node_count(1 << self.right.level)
        return last + 1 + self.left.trailing_blanks if all_blank else last

    @cached_property
    def resolution(self) -> tuple[int, ...]:
        """The non-blank nodes that cover all occupied leaves below (RFC 9420 4.1.1)."""
        if self.node is None:
            return self.left.resolution + self.right.resolution
        return (self.index, *(2 * leaf for leaf in self.node.unmerged_leaves))


Subtree = LeafTree | ParentTree


def blank_subtree(suite: CipherSuite, level: int, first_leaf: int) -> Subtree:
    """A subtree of 2**level blank leaves."""
    if level == 0:
        return LeafTree(suite, 2 * first_leaf, None)
    half = 1 << (level - 1)
    return ParentTree(
        None, blank_subtree(suite, level - 1, first_leaf), blank_subtree(suite, level - 1, first_leaf + half)
    )


def replaced(
    tree: Subtree, leaf_index: int, leaf: LeafNode | None, parent: Callable[[ParentTree], ParentNode | None]
) -> Subtree:
    """`tree` with another leaf, and with each node above it replaced by what `parent` makes of it."""
    if isinstance(tree, LeafTree):
        return LeafTree(tree.suite, tree.index, leaf)
    if 2 * leaf_index < tree.index:
        return ParentTree(parent(tree), replaced(tree.left, leaf_index, leaf, parent), tree.right)
    return ParentTree(parent(tree), tree.left, replaced(tree.right, leaf_index, leaf, parent))


def find(tree: Subtree, index: int) -> Subtree:
    """The subtree at a node index."""
    while tree.index != index:
        if isinstance(tree, LeafTree):
            raise IndexError(f"no node {index} in this tree")
        tree = tree.left if index < tree.index else tree.right
    return tree


def same_nodes(one: Subtree, other: Subtree) -> bool:
    """Whether two subtrees have equal nodes; what they share is not looked at."""
    if one is other:
        return True
    if isinstance(one, ParentTree) and isinstance(other, ParentTree):
        alike = one.level == other.level and one.node == other.node
        return alike and same_nodes(one.left, other.left) and same_nodes(one.right, other.right)
    return isinstance(one, LeafTree) and isinstance(other, LeafTree) and one.node == other.node


def leftmost_blank_leaf(tree: Subtree) -> int | None:
    """The leaf index of the first blank leaf, or None if there is none."""
    if tree.is_full:
        return None
    while isinstance(tree, ParentTree):
        tree = tree.right if tree.left.is_full else tree.left
    return tree.index // 2


def in_order(tree: Subtree) -> Iterator[Subtree]:
    """All subtrees in the order of their node indices."""
    if isinstance(tree, ParentTree):
        yield from in_order(tree.left)
        yield tree
        yield from in_order(tree.right)
    else:
        yield tree


def hash_without(tree: Subtree, leaves: frozenset[int]) -> bytes:
    """The tree hash as it was before these leaves were added: they are blank and nowhere unmerged (RFC 9420 7.9)."""
    if leaves.isdisjoint(tree_math.leaf_range(tree.index)):
        return tree.tree_hash
    if isinstance(tree, LeafTree):
        return LeafTree(tree.suite, tree.index, None).tree_hash
    node = tree.node
    if node is not None:
        merged = tuple(leaf for leaf in node.unmerged_leaves if leaf not in leaves)
        node = ParentNode(node.encryption_key, node.parent_hash, merged)
    return tree.hash_as(node, hash_without(tree.left, leaves), hash_without(tree.right, leaves))
