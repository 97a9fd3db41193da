"""A list of proposals put into effect on the tree and the extensions (RFC 9420 12.3)."""

from collections.abc import Sequence

from simulator.dataclass import dataclass
from simulator.mls.extensions.components import NO_COMPONENTS, Components, apply_app_data_updates
from simulator.mls.extensions.extension import Extension
from simulator.mls.proposals import rules
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.proposal_list import ProposalList
from simulator.mls.tree import tree_math
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.roster import Member
from simulator.mls.tree.subtree import blank_subtree
from simulator.rules import check


@dataclass(frozen=True, slots=True)
class AppliedProposals:
    """The group after the proposals and before the path.

    `updated` and `removed` have the leaves as they were before, `renewed` the updated ones as they are now.
    """

    tree: RatchetTree
    extensions: tuple[Extension, ...]
    updated: tuple[Member, ...]
    renewed: tuple[Member, ...]
    removed: tuple[Member, ...]
    added: tuple[Member, ...]

    @property
    def gone(self) -> tuple[Member, ...]:
        """The leaves that are no longer as they were."""
        return (*self.updated, *self.removed)

    @property
    def come(self) -> tuple[Member, ...]:
        """The leaves that are new as they are."""
        return (*self.renewed, *self.added)


def apply_proposals(
    tree: RatchetTree,
    extensions: Sequence[Extension],
    proposals: ProposalList,
    components: Components = NO_COMPONENTS,
) -> AppliedProposals:
    """Apply in the order of RFC 9420 12.3: GroupContextExtensions, Update, Remove, Add; and then AppDataUpdate.

    SelfRemove comes before Remove. The list has been validated: every Update and Remove names an occupied leaf.
    Raises InvalidLeafNode (`duplicate_encryption_key`) for a new leaf whose key is a parent's (keys of two leaves are
    up to the roster), and what `apply_app_data_updates` raises.
    """
    new_extensions = proposals.extensions
    updated = tuple(_member(tree, index) for index, _ in proposals.updates)
    removed = tuple(_member(tree, index) for index in proposals.removed_leaves)
    for index, leaf in proposals.updates:
        _check_no_parent_has_key(tree, leaf)
        tree = tree.update(index, leaf)
    for index in proposals.removed_leaves:
        tree = _without(tree, index)
    added = []
    for key_package in proposals.adds:
        _check_no_parent_has_key(tree, key_package.leaf_node)
        tree, index = tree.add(key_package.leaf_node)
        added.append(Member(index, key_package.leaf_node, key_package))
    before = extensions if new_extensions is None else new_extensions
    return AppliedProposals(
        tree=tree,
        extensions=apply_app_data_updates(before, proposals.of(AppDataUpdate), components),
        updated=updated,
        renewed=tuple(Member(index, leaf) for index, leaf in proposals.updates),
        removed=removed,
        added=tuple(added),
    )


def _without(tree: RatchetTree, index: int) -> RatchetTree:
    """The last member can go too: in an external Commit by which it replaces itself."""
    if any(other != index for other, _ in tree.leaves()):
        return tree.remove(index)
    return RatchetTree(tree.suite, blank_subtree(tree.suite, 0, 0), {})


def _check_no_parent_has_key(tree: RatchetTree, leaf: LeafNode) -> None:
    holder = tree.node_with_key(leaf.encryption_key)
    fresh = holder is None or tree_math.level(holder) == 0
    check(rules.LEAF_KEY, fresh, f"a new leaf has the encryption key of node {holder}")


def _member(tree: RatchetTree, index: int) -> Member:
    leaf = tree.leaf(index)
    if leaf is None:
        raise ValueError(f"leaf {index} is blank; such a proposal list is invalid and must not get here")
    return Member(index, leaf)
