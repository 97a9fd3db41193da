"""The list of proposals that a Commit covers, and what RFC 9420 12.2 demands of it as a list.

The rules for a single proposal are in `proposal_rules`; what the members must look like once the list
has been applied is in `roster`.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from simulator.codec import encode, opaque, struct
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import ProposalByReference, ProposalOrRef
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import MemberSender, Sender
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.key_schedule.psk import PreSharedKeyID
from simulator.mls.proposals import rules
from simulator.mls.proposals.proposals import (
    EXTERNAL_COMMIT_PROPOSALS,
    REFERENCE_ONLY,
    Add,
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    Proposal,
    ReInit,
    Remove,
    Update,
)
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check, refuse

Kind = TypeVar("Kind")


@struct
class StoredProposal:
    """A proposal that was sent on its own in this epoch and waits for a Commit to refer to it."""

    reference: opaque
    sender: Sender
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class CommittedProposal:
    """A proposal that a Commit covers. By value, its sender is the committer."""

    proposal: Proposal
    sender: Sender
    by_reference: bool


@dataclass(frozen=True, slots=True)
class ProposalList:
    """All proposals of one Commit in its order, with a view per kind."""

    items: tuple[CommittedProposal, ...]

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The proposals of one kind, in order."""
        return tuple(item.proposal for item in self.items if isinstance(item.proposal, kind))

    @property
    def by_value(self) -> tuple[CommittedProposal, ...]:
        """Those that the Commit itself carries."""
        return tuple(item for item in self.items if not item.by_reference)

    @property
    def adds(self) -> tuple[KeyPackage, ...]:
        """The KeyPackages to add, in order."""
        return tuple(add.key_package for add in self.of(Add))

    @property
    def removes(self) -> tuple[int, ...]:
        """The leaf indices to remove, in order."""
        return tuple(remove.removed for remove in self.of(Remove))

    @property
    def self_removes(self) -> tuple[int, ...]:
        """The leaf indices of those who remove themselves, in order."""
        return tuple(
            item.sender.leaf_index
            for item in self.items
            if isinstance(item.proposal, SelfRemove) and isinstance(item.sender, MemberSender)
        )

    @property
    def removed_leaves(self) -> tuple[int, ...]:
        """The leaf indices of all who go: those who want to come before those who must."""
        return (*self.self_removes, *self.removes)

    @property
    def updates(self) -> tuple[tuple[int, LeafNode], ...]:
        """(leaf index, its new leaf) per Update: an Update is about its own sender."""
        return tuple(
            (item.sender.leaf_index, item.proposal.leaf_node)
            for item in self.items
            if isinstance(item.proposal, Update) and isinstance(item.sender, MemberSender)
        )

    @property
    def psks(self) -> tuple[PreSharedKeyID, ...]:
        """The PSKs to inject, in order."""
        return tuple(proposal.psk for proposal in self.of(PreSharedKey))

    @property
    def extensions(self) -> tuple[Extension, ...] | None:
        """The new GroupContext extensions, or None when they stay."""
        proposals = self.of(GroupContextExtensions)
        return proposals[0].extensions if proposals else None

    @property
    def reinit(self) -> ReInit | None:
        """The ReInit that ends the group, if any."""
        proposals = self.of(ReInit)
        return proposals[0] if proposals else None

    @property
    def external_init(self) -> ExternalInit | None:
        """The ExternalInit of an external Commit, if any."""
        proposals = self.of(ExternalInit)
        return proposals[0] if proposals else None


def resolve(
    proposals: Sequence[ProposalOrRef], committer: Sender, stored: Mapping[bytes, StoredProposal]
) -> ProposalList:
    """Look the references of a Commit up among the proposals of its epoch.

    Raises InvalidCommit `unknown_reference` (RFC 9420 12.4).
    """
    return ProposalList(tuple(_resolve_one(item, committer, stored) for item in proposals))


def _resolve_one(item: ProposalOrRef, committer: Sender, stored: Mapping[bytes, StoredProposal]) -> CommittedProposal:
    if not isinstance(item, ProposalByReference):
        return CommittedProposal(item.proposal, committer, by_reference=False)
    found = stored.get(item.reference)
    if found is None:
        refuse(rules.REFERENCE, f"the Commit refers to proposal {item.reference.hex()}, which this epoch has not seen")
    return CommittedProposal(found.proposal, found.sender, by_reference=True)


def check_member_list(proposals: ProposalList, committer: int) -> None:
    """The rules of RFC 9420 12.2 for the Commit of the member at leaf `committer`.

    Raises InvalidCommit with one of the rules `update_of_committer`, `remove_of_committer`, `duplicate_target`,
    `duplicate_group_context_extensions`, `reinit_not_alone`, `duplicate_psk`.
    """
    updated = [index for index, _ in proposals.updates]
    own = committer in updated
    check(rules.OWN_UPDATE, not own, "a committer renews its own leaf by the path, not by an Update")
    check(rules.OWN_REMOVE, committer not in proposals.removed_leaves, "a member can't commit its own removal")
    differ = _differ([*updated, *proposals.removed_leaves])
    check(rules.TARGETS, differ, "two Updates or Removes are about the same leaf")
    one = len(proposals.of(GroupContextExtensions)) <= 1
    check(rules.ONE_EXTENSIONS, one, "two proposals set the GroupContext extensions")
    alone = not proposals.of(ReInit) or len(proposals.items) == 1
    check(rules.REINIT_ALONE, alone, "a ReInit stands alone in its Commit")
    check_psks_differ(proposals)


def check_external_list(proposals: ProposalList) -> None:
    """The rules of RFC 9420 12.2 for an external Commit, and of draft-ietf-mls-extensions.

    Raises InvalidCommit with one of the rules `external_commit_by_reference`, `external_init_count`,
    `external_commit_removes`, `external_commit_proposal_type`, `duplicate_target`, `duplicate_psk`.
    """
    own = all(isinstance(item.proposal, REFERENCE_ONLY) or not item.by_reference for item in proposals.items)
    check(rules.EXTERNAL_BY_VALUE, own, "an external Commit carries its proposals itself")
    fit = all(isinstance(item.proposal, EXTERNAL_COMMIT_PROPOSALS) for item in proposals.items)
    check(rules.EXTERNAL_KINDS, fit, "an external Commit holds only ExternalInit, Remove and PreSharedKey")
    one = len(proposals.of(ExternalInit)) == 1
    check(rules.ONE_EXTERNAL_INIT, one, "an external Commit has exactly one ExternalInit")
    few = len(proposals.removes) <= 1
    check(rules.EXTERNAL_REMOVES, few, "an external Commit removes at most the joiner's own old leaf")
    differ = _differ(proposals.removed_leaves)
    check(rules.EXTERNAL_TARGETS, differ, "two Removes or SelfRemoves are about the same leaf")
    check_psks_differ(proposals)


def check_psks_differ(proposals: ProposalList) -> None:
    """No PreSharedKeyID twice (RFC 9420 12.2)."""
    differ = _differ([encode(psk) for psk in proposals.psks])
    check(rules.PSKS_DIFFER, differ, "two proposals name the same PreSharedKeyID")


def _differ(values: Sequence[object]) -> bool:
    return len(set(values)) == len(values)
