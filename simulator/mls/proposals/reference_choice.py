"""Which of an epoch's stored proposals a committer takes along, so that the list is valid (RFC 9420 12.2, 12.4).

A committer should include all valid proposals it has seen. Where two conflict the RFC prefers a Remove over an
Update, the most recent Update, and anything over a ReInit, and draft-ietf-mls-extensions a SelfRemove over a Remove
of the same leaf; else the earlier one stays. What the committer says by value comes before all. A PSK that the
committer does not hold stays out, else whoever proposes one keeps it from committing at all.
"""

from collections.abc import Sequence

from simulator.mls.commits.epoch_change import begin_epoch
from simulator.mls.errors import MLSError
from simulator.mls.framing.framing import MemberSender
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.proposal_list import CommittedProposal, ProposalList, StoredProposal
from simulator.mls.proposals.proposals import PreSharedKey, Proposal, ReInit, Remove, Update
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup


def choose_references(
    group: PublicGroup, by_value: Sequence[Proposal], committer: int, psks: PSKStore, now: int | None
) -> tuple[StoredProposal, ...]:
    """The stored proposals, in the order they came, that fit together with `by_value` in a Commit of `committer`.

    `psks` are those that the committer holds.
    """
    stored = tuple(item for item in group.proposals.values() if _usable(item.proposal, psks))
    candidates = _preferred(stored, by_value, committer)
    if not candidates or _fit(group, candidates, by_value, committer, now):
        return candidates
    kept: tuple[StoredProposal, ...] = ()
    for candidate in candidates:
        if _fit(group, (*kept, candidate), by_value, committer, now):
            kept = (*kept, candidate)
    return kept


def _usable(proposal: Proposal, psks: PSKStore) -> bool:
    return not isinstance(proposal, PreSharedKey) or psks.holds(proposal.psk)


def _preferred(
    stored: tuple[StoredProposal, ...], by_value: Sequence[Proposal], committer: int
) -> tuple[StoredProposal, ...]:
    """Without what the committer can't commit, what something else overrides, and ReInits beside others."""
    leaving = {_removed(item) for item in stored if isinstance(item.proposal, SelfRemove)}
    stored = tuple(item for item in stored if not isinstance(item.proposal, Remove) or _removed(item) not in leaving)
    removed: set[int | None] = {item.removed for item in by_value if isinstance(item, Remove)}
    removed |= {_removed(item) for item in stored} - {None}
    latest = {item.sender: item for item in stored if isinstance(item.proposal, Update)}
    kept = [
        item
        for item in stored
        if not isinstance(item.proposal, Update) or (latest[item.sender] is item and _updated(item) not in removed)
    ]
    kept = [item for item in kept if committer not in (_updated(item), _removed(item))]
    others = [item for item in kept if not isinstance(item.proposal, ReInit)]
    return tuple(others if by_value or others else kept[:1])


def _updated(item: StoredProposal) -> int | None:
    if isinstance(item.proposal, Update) and isinstance(item.sender, MemberSender):
        return item.sender.leaf_index
    return None


def _removed(item: StoredProposal) -> int | None:
    if isinstance(item.proposal, SelfRemove) and isinstance(item.sender, MemberSender):
        return item.sender.leaf_index
    return item.proposal.removed if isinstance(item.proposal, Remove) else None


def _fit(
    group: PublicGroup,
    references: Sequence[StoredProposal],
    by_value: Sequence[Proposal],
    committer: int,
    now: int | None,
) -> bool:
    sender = MemberSender(committer)
    proposals = ProposalList(
        (
            *(CommittedProposal(item.proposal, item.sender, by_reference=True) for item in references),
            *(CommittedProposal(proposal, sender, by_reference=False) for proposal in by_value),
        )
    )
    try:
        begin_epoch(group, proposals, sender, now).without_path()
    except MLSError:
        return False
    return True
