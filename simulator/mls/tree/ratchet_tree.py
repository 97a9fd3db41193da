"""The ratchet tree: the members of a group and the keys between them (RFC 9420 4.1, 7, 12.1.1 to 12.1.3)."""

from collections.abc import Iterator, Mapping, Sequence

from simulator.dataclass import dataclass
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.tree import rules, tree_math
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import Node, ParentNode, RatchetTreeNodes
from simulator.mls.tree.roster import Member
from simulator.mls.tree.subtree import (
    LeafTree,
    ParentTree,
    Subtree,
    blank_subtree,
    find,
    in_order,
    leftmost_blank_leaf,
    replaced,
    same_nodes,
)
from simulator.rules import check, refuse


@dataclass(frozen=True, slots=True)
class PathStep:
    """One node of a filtered direct path: its node index, and the sibling subtree that hears of its secret."""

    node: int
    copath: Subtree


class RatchetTree:
    """An immutable tree. Operations return the next tree and share with it all that did not change.

    Leaf indices count leaves, node indices count nodes from left to right (`tree_math`). The leaves a Remove leaves
    empty on the right are cut off at once, so the right half of a tree with more than one leaf is never empty.
    """

    def __init__(self, suite: CipherSuite, top: Subtree, keys: Mapping[bytes, int]) -> None:
        self.suite = suite
        self.top = top
        self._keys = keys

    @classmethod
    def of_one(cls, suite: CipherSuite, leaf: LeafNode) -> "RatchetTree":
        """The tree of a group whose only member has this leaf."""
        return cls(suite, LeafTree(suite, 0, leaf), {leaf.encryption_key: 0})

    @classmethod
    def from_nodes(cls, suite: CipherSuite, nodes: RatchetTreeNodes) -> "RatchetTree":
        """The tree of a ratchet_tree extension (RFC 9420 12.4.3.3).

        Raises InvalidTree with the rule `empty_tree`, `last_node_blank`, `misplaced_node` or
        `duplicate_encryption_key`; all else is up to `tree_validation`.
        """
        check(rules.NODES, bool(nodes), "the ratchet tree has no nodes")
        check(rules.LAST_NODE, nodes[-1] is not None, "the ratchet tree ends with a blank node")
        leaf_count = tree_math.full_leaf_count(len(nodes) // 2 + 1)
        return cls(suite, _built(suite, nodes, tree_math.root(leaf_count)), _index_keys(nodes))

    def __eq__(self, other: object) -> bool:
        """Trees of one cipher suite with equal nodes are equal. They share the nodes from then on: the next time there
        is nothing to compare.
        """
        if not (isinstance(other, RatchetTree) and self.suite == other.suite and same_nodes(self.top, other.top)):
            return False
        other.top = self.top
        return True

    def __hash__(self) -> int:
        return hash(self.tree_hash)

    def nodes(self) -> RatchetTreeNodes:
        """All nodes as the ratchet_tree extension lists them: without the blanks on the right."""
        nodes: list[Node | None] = [tree.node for tree in in_order(self.top)]
        while nodes[-1] is None:
            nodes.pop()
        return tuple(nodes)

    def encoded_nodes(self) -> bytes:
        """What `nodes` lists, encoded, without the length of the whole. What a change has left as it was is not encoded
        again.
        """
        return self.top.encoded.removesuffix(bytes(self.top.trailing_blanks))

    @property
    def leaf_count(self) -> int:
        """The number of leaves, blank ones included: a power of two."""
        return 1 << self.top.level

    @property
    def tree_hash(self) -> bytes:
        """The tree hash of the root (RFC 9420 7.8)."""
        return self.top.tree_hash

    def subtree(self, node: int) -> Subtree:
        """The subtree at a node index. Raises IndexError."""
        return find(self.top, node)

    def node(self, node: int) -> Node | None:
        """The content of a node, or None if it is blank or beyond the tree."""
        return find(self.top, node).node if 0 <= node < tree_math.node_count(self.leaf_count) else None

    def leaf(self, leaf_index: int) -> LeafNode | None:
        """The leaf, or None if it is blank or beyond the tree."""
        if not 0 <= leaf_index < self.leaf_count:
            return None
        tree = find(self.top, 2 * leaf_index)
        return tree.node if isinstance(tree, LeafTree) else None

    def leaves(self) -> Iterator[tuple[int, LeafNode]]:
        """Leaf index and leaf of every member, from left to right."""
        return ((member.leaf_index, member.leaf_node) for member in self.top.members)

    @property
    def members(self) -> tuple[Member, ...]:
        """All members in the order of their leaves."""
        return self.top.members

    def node_with_key(self, encryption_key: bytes) -> int | None:
        """The index of the node that has this encryption key, or None."""
        return self._keys.get(encryption_key)

    def resolution(self, node: int) -> tuple[int, ...]:
        """The node indices of the resolution of a node (RFC 9420 4.1.1)."""
        return self.subtree(node).resolution

    def encryption_key(self, node: int) -> bytes:
        """The public key of a node that is not blank. Raises IndexError or ValueError."""
        content = self.subtree(node).node
        if content is None:
            raise ValueError(f"node {node} is blank")
        return content.encryption_key

    def filtered_direct_path(self, leaf_index: int) -> tuple[PathStep, ...]:
        """The parents of a leaf whose other child has somebody to tell, from the lowest up (RFC 9420 4.1.2)."""
        steps = []
        tree = self.top
        while isinstance(tree, ParentTree):
            onwards, copath = (tree.left, tree.right) if 2 * leaf_index < tree.index else (tree.right, tree.left)
            if copath.resolution:
                steps.append(PathStep(tree.index, copath))
            tree = onwards
        return tuple(reversed(steps))

    def leftmost_blank_leaf(self) -> int:
        """The index of the leaf that the next Add fills; equals `leaf_count` if the tree has to grow."""
        index = leftmost_blank_leaf(self.top)
        return self.leaf_count if index is None else index

    def grown_for(self, leaf_index: int) -> "RatchetTree":
        """The tree with room for the leaf that `leftmost_blank_leaf` named: doubled if it was full (RFC 9420 7.7)."""
        if leaf_index < self.leaf_count:
            return self
        top = ParentTree(None, self.top, blank_subtree(self.suite, self.top.level, self.leaf_count))
        return RatchetTree(self.suite, top, self._keys)

    def add(self, leaf: LeafNode) -> tuple["RatchetTree", int]:
        """The tree with a new member, and its leaf index (RFC 9420 12.1.1)."""
        leaf_index = self.leftmost_blank_leaf()
        top = self.grown_for(leaf_index).top

        def unmerged(tree: ParentTree) -> ParentNode | None:
            node = tree.node
            if node is None:
                return None
            leaves = tuple(sorted((*node.unmerged_leaves, leaf_index)))
            return ParentNode(node.encryption_key, node.parent_hash, leaves)

        keys = dict(self._keys)
        keys[leaf.encryption_key] = 2 * leaf_index
        return RatchetTree(self.suite, replaced(top, leaf_index, leaf, unmerged), keys), leaf_index

    def update(self, leaf_index: int, leaf: LeafNode) -> "RatchetTree":
        """The tree with another leaf in an occupied place and its parents blank (RFC 9420 12.1.2)."""
        return self.with_path(leaf_index, leaf, {})

    def remove(self, leaf_index: int) -> "RatchetTree":
        """The tree without a member, cut on the right as far as it is empty (RFC 9420 12.1.3, 7.7).

        Raises InvalidTree (`no_members_left`) for the last member: a tree without members does not exist.
        """
        removed = self.with_path(leaf_index, None, {})
        top = removed.top
        check(rules.SOMEBODY_LEFT, not top.is_empty, "the last member can't be removed")
        while isinstance(top, ParentTree) and top.right.is_empty:
            top = top.left
        return RatchetTree(self.suite, top, removed._keys)

    def with_path(self, leaf_index: int, leaf: LeafNode | None, path: Mapping[int, ParentNode]) -> "RatchetTree":
        """The tree with another leaf, the nodes of `path` above it, and all its other parents blank."""
        keys = dict(self._keys)
        for node in (2 * leaf_index, *tree_math.direct_path(leaf_index, self.leaf_count)):
            old = find(self.top, node).node
            if old is not None and keys.get(old.encryption_key) == node:
                del keys[old.encryption_key]
        keys.update((parent.encryption_key, node) for node, parent in path.items())
        if leaf is not None:
            keys[leaf.encryption_key] = 2 * leaf_index
        top = replaced(self.top, leaf_index, leaf, lambda tree: path.get(tree.index))
        return RatchetTree(self.suite, top, keys)


def _built(suite: CipherSuite, nodes: Sequence[Node | None], index: int) -> Subtree:
    """The subtree at `index`, with blanks where `nodes` has ended."""
    node = nodes[index] if index < len(nodes) else None
    if tree_math.level(index) == 0:
        if isinstance(node, ParentNode):
            refuse(rules.NODE_TYPE, f"node {index} is of the wrong type")
        return LeafTree(suite, index, node)
    if isinstance(node, LeafNode):
        refuse(rules.NODE_TYPE, f"node {index} is of the wrong type")
    left, right = tree_math.left(index), tree_math.right(index)
    return ParentTree(node, _built(suite, nodes, left), _built(suite, nodes, right))


def _index_keys(nodes: Sequence[Node | None]) -> dict[bytes, int]:
    keys: dict[bytes, int] = {}
    for index, node in enumerate(nodes):
        if node is not None:
            holder = keys.setdefault(node.encryption_key, index)
            check(rules.NODE_KEYS, holder == index, f"the nodes {holder} and {index} have the same encryption key")
    return keys
