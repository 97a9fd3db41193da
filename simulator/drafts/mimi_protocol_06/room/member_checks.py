"""What members check of a room: what they reject, and what they only note because the hub was there to forbid it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from simulator.drafts.mimi_protocol_06.room.admission import judge_join
from simulator.drafts.mimi_protocol_06.room.invariants import check_invariants
from simulator.drafts.mimi_protocol_06.room.policy import Actor, judge
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, RoomState, committed_state
from simulator.drafts.mls_profile import Doubt
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.errors import InvalidCommit, MLSError
from simulator.mls.framing.framing import ExternalSender, MemberSender, NewMemberCommitSender, Sender
from simulator.mls.framing.senders import external_senders
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import identity_of
from simulator.services.members import client_of
from simulator.services.refusal import Refusal

POLICY_VIOLATED = "policy_violated"
"""The name of a doubt: somebody did what its role does not allow, and the hub let it through."""


def check_room(after: PublicGroup, before: PublicGroup | None, kind: type[MLSError] = InvalidCommit) -> None:
    """Whether a group is a room that may be like this; `before` is how it was, if one knows.

    Raises an error of this kind (`not_a_participant`, `participant_list_invalid`, `malformed_component`).
    """
    earlier = None if before is None else committed_state(before, kind)
    check_invariants(committed_state(after, kind), earlier, kind)


def member_doubts(commit: StagedCommit, before: PublicGroup) -> tuple[Doubt, ...]:
    """What a commit does that the role of who wanted it does not allow. Members accept it all the same."""
    state = committed_state(before)
    doubts: list[Doubt] = []
    referred = {id(item.proposal) for item in commit.proposals if item.by_reference}
    queued = [
        Proposed(stored.proposal, stored.sender)
        for stored in before.proposals.values()
        if id(stored.proposal) in referred
    ]
    by_value = [Proposed(item.proposal, item.sender) for item in commit.proposals if not item.by_reference]
    if isinstance(commit.sender, NewMemberCommitSender):
        leaf = None if commit.update_path is None else commit.update_path.leaf_node
        return () if leaf is None else tuple(_doubt_join(client_of(leaf), by_value, state))
    for sender, proposals in (*_bundles(queued), (commit.sender, by_value)):
        actor = actor_of(sender, before)
        if actor is not None:
            state, found = _judged(actor, proposals, state)
            doubts.extend(found)
    return tuple(doubts)


def actor_of(sender: Sender, group: PublicGroup) -> Actor | None:
    """Who sent a proposal or a commit in this epoch; None for somebody who is neither member nor external sender."""
    if isinstance(sender, MemberSender):
        member = group.member(sender.leaf_index)
        return None if member is None else Actor(client_of(member.leaf_node))
    if isinstance(sender, ExternalSender):
        entries = external_senders(group.context.extensions)
        if sender.sender_index < len(entries):
            return Actor(identity_of(entries[sender.sender_index].credential).decode(errors="replace"), is_server=True)
    return None


def _bundles(proposals: Sequence[Proposed]) -> Iterable[tuple[Sender, list[Proposed]]]:
    """What one sender proposed together: what follows each other."""
    return [(sender, list(several)) for sender, several in groupby(proposals, key=lambda item: item.sender)]


def _judged(actor: Actor, proposals: Sequence[Proposed], state: RoomState) -> tuple[RoomState, list[Doubt]]:
    try:
        return judge(actor, proposals, state), []
    except Refusal as refusal:
        return state.after(proposals), [_doubt(refusal)]


def _doubt_join(client: str, proposals: Sequence[Proposed], state: RoomState) -> Iterable[Doubt]:
    try:
        judge_join(client, proposals, state)
    except Refusal as refusal:
        yield _doubt(refusal)


def _doubt(refusal: Refusal) -> Doubt:
    return Doubt(POLICY_VIOLATED, refusal.rule, refusal.rules)
