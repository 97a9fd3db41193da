"""Whether a ratchet tree from outside was made by its members (RFC 9420 7.9.2, 12.4.3.1)."""

from collections.abc import Mapping
from itertools import pairwise

from simulator.mls.long_work import STRIDE, Steps
from simulator.mls.tree import rules, tree_math
from simulator.mls.tree.leaf_node import CommitSource, LeafNode, LeafPlace
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.mls.tree.node import Node, ParentNode
from simulator.mls.tree.parent_hash import parent_hash
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.subtree import ParentTree, Subtree, hash_without, in_order
from simulator.rules import check


def check_tree(tree: RatchetTree, group_id: bytes) -> Steps[None]:
    """Every rule for a tree that one joins by, save what needs the GroupContext; in steps.

    Raises InvalidTree with one of the rules of `check_unmerged_leaves` and `check_parent_hashes`, or InvalidLeafNode
    for a leaf that is wrong in itself. Lifetimes do not count: members may have joined long ago.
    """
    yield from check_unmerged_leaves(tree)
    yield from check_parent_hashes(tree)
    for number, (leaf_index, leaf) in enumerate(tree.leaves(), 1):
        check_leaf_node(leaf, tree.suite, source=None, place=LeafPlace(group_id, leaf_index), now=None)
        if number % STRIDE == 0:
            yield


def check_unmerged_leaves(tree: RatchetTree) -> Steps[None]:
    """In steps. Raises InvalidTree with the rule `unmerged_leaves_unsorted`, `unmerged_leaf_not_below`,
    `unmerged_leaf_blank` or `unmerged_leaf_unchained` (RFC 9420 7.1, 12.4.3.1).
    """
    parents = _parents(tree)
    unmerged = {parent.index: frozenset(node.unmerged_leaves) for parent, node in parents}
    for number, (parent, node) in enumerate(parents, 1):
        leaves = node.unmerged_leaves
        ascending = all(earlier < later for earlier, later in pairwise(leaves))
        words = f"the unmerged leaves of node {parent.index} are not in increasing order"
        check(rules.UNMERGED_SORTED, ascending, words)
        for leaf_index in leaves:
            _check_unmerged_leaf(parent, leaf_index, unmerged)
        if number % STRIDE == 0:
            yield


def _check_unmerged_leaf(parent: ParentTree, leaf_index: int, unmerged: Mapping[int, frozenset[int]]) -> None:
    """`unmerged` has the unmerged leaves of each parent that is not blank, by its index."""
    words = f"leaf {leaf_index} is unmerged at node {parent.index} but not below it"
    check(rules.UNMERGED_BELOW, tree_math.is_under(leaf_index, parent.index), words)
    below: Subtree = parent
    while isinstance(below, ParentTree):
        chained = below.node is None or leaf_index in unmerged[below.index]
        words = f"leaf {leaf_index} is unmerged at node {parent.index} but not at node {below.index} on the way"
        check(rules.UNMERGED_CHAINED, chained, words)
        below = below.left if 2 * leaf_index < below.index else below.right
    occupied = below.node is not None
    check(rules.UNMERGED_OCCUPIED, occupied, f"leaf {leaf_index}, unmerged at {parent.index}, is blank")


def check_parent_hashes(tree: RatchetTree) -> Steps[None]:
    """In steps. Raises InvalidTree (`parent_hash_invalid`) for a parent that no chain of parent hashes ties to a leaf.

    Going down is enough: each parent is tied to a node below it, which is a leaf or again such a parent. It can't be
    tied to one on either side: each parent hash would have to cover the other.
    """
    for number, (parent, node) in enumerate(_parents(tree), 1):
        left, right = parent.left, parent.right
        tied = _is_tied(tree, node, left, right) or _is_tied(tree, node, right, left)
        check(rules.PARENT_HASH, tied, f"no parent hash below node {parent.index} shows that a member has set it")
        if number % STRIDE == 0:
            yield


def _is_tied(tree: RatchetTree, node: ParentNode, child: Subtree, sibling: Subtree) -> bool:
    """Whether a node in the resolution of `child` was set together with the parent.

    All others in that resolution are leaves unmerged at the parent, so at most one node comes into question.
    """
    below = tree_math.leaf_range(child.index)
    unmerged = {2 * leaf for leaf in node.unmerged_leaves if leaf in below}
    candidates = [index for index in child.resolution if index not in unmerged]
    if len(candidates) != 1 or not unmerged.issubset(child.resolution):
        return False
    claimed = _parent_hash_field(tree.subtree(candidates[0]).node)
    return claimed == parent_hash(tree.suite, node, hash_without(sibling, frozenset(node.unmerged_leaves)))


def _parent_hash_field(node: Node | None) -> bytes | None:
    if isinstance(node, LeafNode):
        return node.source.parent_hash if isinstance(node.source, CommitSource) else None
    return None if node is None else node.parent_hash


def _parents(tree: RatchetTree) -> list[tuple[ParentTree, ParentNode]]:
    """The parents that are not blank."""
    return [
        (parent, parent.node)
        for parent in in_order(tree.top)
        if isinstance(parent, ParentTree) and parent.node is not None
    ]
