"""From one epoch to the next, as far as it goes without secrets (RFC 9420 12.2 to 12.4).

`begin_epoch` checks and applies the proposals; the result takes the path, somebody else's or a new one, and drafts
the next epoch. Committers and receivers both go this way.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.dataclass import dataclass
from simulator.mls.commits import rules
from simulator.mls.commits.commit import UpdatePath
from simulator.mls.commits.commit_rules import check_path_contents
from simulator.mls.framing.framing import MemberSender, Sender
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.context_extensions import Demands
from simulator.mls.proposals.proposal_apply import AppliedProposals, apply_proposals
from simulator.mls.proposals.proposal_list import ProposalList, check_external_list, check_member_list
from simulator.mls.proposals.proposal_rules import ProposalRules
from simulator.mls.proposals.proposal_support import check_proposals_supported
from simulator.mls.tree.leaf_node import LeafNode, LeafPlace
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.roster import Member, Roster
from simulator.mls.tree.treekem import merge_update_path
from simulator.rules import check, refuse

if TYPE_CHECKING:
    from simulator.mls.public_group import PublicGroup

LAST_EPOCH = 2**64 - 1
"""Epochs are uint64 (RFC 9420 8.1)."""


@dataclass(frozen=True, slots=True)
class EpochDraft:
    """The next epoch before its Commit is in the transcript.

    `context` is the provisional GroupContext: all new but the confirmed transcript hash (RFC 9420 12.4.1).
    """

    context: GroupContext
    tree: RatchetTree
    roster: Roster


@dataclass(frozen=True, slots=True)
class EpochChange:
    """Valid proposals, applied. `committer` is the leaf index of the committer from now on."""

    before: "PublicGroup"
    proposals: ProposalList
    applied: AppliedProposals
    committer: int

    @property
    def new_leaves(self) -> tuple[int, ...]:
        """The leaf indices of the added members: no path secret is encrypted to them."""
        return tuple(member.leaf_index for member in self.applied.added)

    def without_path(self) -> EpochDraft:
        """The next epoch if the Commit has no path."""
        return self._draft(self.applied.tree, self._roster(None))

    def with_path(self, path: UpdatePath) -> EpochDraft:
        """The next epoch after somebody's path. Raises InvalidUpdatePath or InvalidLeafNode."""
        place = LeafPlace(self.before.group_id, self.committer)
        self._check_replaces(path.leaf_node)
        check_path_contents(path, self.before.suite, place)
        roster = self._roster(path.leaf_node)
        tree = merge_update_path(self.applied.tree, self.committer, path, self.new_leaves)
        return self._draft(tree, roster)

    def with_own_path(self, tree: RatchetTree, leaf: LeafNode) -> EpochDraft:
        """The next epoch after a path that the caller has just made and merged. Raises InvalidLeafNode."""
        self._check_replaces(leaf)
        return self._draft(tree, self._roster(leaf))

    def _draft(self, tree: RatchetTree, roster: Roster) -> EpochDraft:
        before, extensions = self.before.context, self.applied.extensions
        if before.epoch == LAST_EPOCH:
            refuse(rules.NEXT_EPOCH, f"epoch {LAST_EPOCH} is the last one")
        if extensions != before.extensions:
            demands = Demands.of(extensions)
            for _, leaf in tree.leaves():
                demands.check(leaf)
        context = replace(before, epoch=before.epoch + 1, tree_hash=tree.tree_hash, extensions=extensions)
        return EpochDraft(context, tree, roster)

    def _roster(self, new_leaf: LeafNode | None) -> Roster:
        """The next roster; `new_leaf` is the committer's, if it has changed."""
        gone, come = self.applied.gone, self.applied.come
        if new_leaf is not None:
            old = self.applied.tree.leaf(self.committer)
            gone = gone if old is None else (*gone, Member(self.committer, old))
            come = (*come, Member(self.committer, new_leaf))
        if come:
            demands = Demands.of(self.applied.extensions)
            for member in come:
                demands.check(member.leaf_node)
        return self.before.roster.changed(gone, come)

    def _check_replaces(self, leaf: LeafNode) -> None:
        """A joiner may remove nobody but itself, and comes with a new key (RFC 9420 12.2, 12.4.3.2).

        Who removes itself may be anybody.
        """
        if self.proposals.external_init is None:
            return
        joiner = Member(self.committer, leaf)
        for removed in self.applied.removed:
            if removed.identity != joiner.identity:
                if removed.leaf_index in self.proposals.self_removes:
                    continue
                words = "an external Commit can remove only an old leaf of its own sender"
                check(rules.REPLACES_ITSELF, False, words)
            fresh = removed.leaf_node.encryption_key != leaf.encryption_key
            check(rules.NEW_KEY, fresh, "a resync brings a new leaf encryption key")


def begin_epoch(group: "PublicGroup", proposals: ProposalList, sender: Sender, now: int | None) -> EpochChange:
    """Check the proposals of a Commit, alone and together, and apply them; `sender` is a member or a joiner.

    Raises InvalidCommit, InvalidProposal, InvalidKeyPackage or InvalidLeafNode, and what the group's components raise.
    Stored proposals were checked by themselves when they came.
    """
    gone = frozenset(proposals.removed_leaves)
    staying = (leaf for index, leaf in group.tree.leaves() if index not in gone)
    check_proposals_supported((item.proposal for item in proposals.items), staying)
    if isinstance(sender, MemberSender):
        check_member_list(proposals, sender.leaf_index)
    else:
        check_external_list(proposals)
    rules = ProposalRules(group.context, group.tree, now, group.components)
    for item in proposals.by_value:
        rules.check(item.proposal, item.sender, in_commit=True)
    applied = apply_proposals(group.tree, group.context.extensions, proposals, group.components)
    committer = sender.leaf_index if isinstance(sender, MemberSender) else applied.tree.leftmost_blank_leaf()
    return EpochChange(group, proposals, applied, committer)
