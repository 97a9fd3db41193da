"""The queue of a room: proposals that wait for the next commit, which takes all of them along ([P] 3.5, 5.3)."""

from collections.abc import Sequence
from functools import partial

from simulator.drafts.mimi_protocol_06.room.invariants import check_invariants
from simulator.drafts.mimi_protocol_06.room.member_checks import actor_of
from simulator.drafts.mimi_protocol_06.room.policy import Actor, judge
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, RoomState, committed_state
from simulator.drafts.mimi_protocol_06.rules.handshakes import Handshake
from simulator.drafts.mimi_protocol_06.rules.leaves import check_leaf
from simulator.drafts.mimi_protocol_06.rules.mls_validity import (
    proposal_rule,
    reference_of,
    valid,
    valid_proposal,
)
from simulator.mls.commits.epoch_change import begin_epoch
from simulator.mls.framing.framing import MemberSender, Sender
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.proposal_list import CommittedProposal, ProposalList
from simulator.mls.proposals.proposals import Add, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.rules import check, refuse
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_SECTION = "PROTOCOL.md, The hub"

QUEUED = (Add, Remove, AppDataUpdate, SelfRemove)
"""Of which kinds proposals are that wait in a room."""

KIND = rule("P6-5-PROPOSALS", Code.not_authorized, _SECTION, part="QUEUED")
ONCE = proposal_rule("P6-4.2-PROPOSAL", part="ONCE")
VALID = proposal_rule("P6-4.2-PROPOSAL", part="VALID")
COMMITTABLE = proposal_rule("P6-4.2-PROPOSAL", part="COMMITTABLE")
INVARIANTS = rule("P6-4.2-INVARIANTS", Code.invalid_commit, _SECTION, part="QUEUE")
SOMEBODY = rule(
    "P6-4.2-ACTOR", Code.not_authorized, _SECTION, part="ROLE", essential="there is nobody who could have a role"
)


def queue_up(handshake: Handshake, state: RoomState, group: PublicGroup, context: ServiceContext) -> PublicGroup:
    """The group with the proposals of a bundle behind those that wait in it: all of them or, where one is refused,
    none. `state` is the room with what waits. Raises Refusal.
    """
    first = group
    for part in handshake.parts:
        proposal, reference = part.content.content, reference_of(part, first)
        words = f"a {type(proposal).__name__} is not proposed in rooms"
        check(KIND, isinstance(proposal, QUEUED), words)
        check(ONCE, reference not in group.proposals, "this proposal waits already", references=(reference,))
        group = valid_proposal(VALID, reference, partial(group.stage_proposal, part, context.now)).group
        if isinstance(proposal, Add):
            check_leaf(proposal.key_package.leaf_node, group, context)
        valid_proposal(COMMITTABLE, reference, partial(check_committable, group, context.now))
    proposed = [Proposed(proposal, handshake.first.content.sender) for proposal in handshake.proposals]
    after = judge(actor(handshake.first.content.sender, group), proposed, state)
    valid(INVARIANTS, partial(check_invariants, after, committed_state(group)))
    return group


def actor(sender: Sender, group: PublicGroup) -> Actor:
    """Who has sent a handshake. Raises Refusal not_authorized if that is nobody in the group."""
    found = actor_of(sender, group)
    if found is None:
        refuse(SOMEBODY, "its sender is not in the group")
    return found


def check_committable(group: PublicGroup, now: int) -> None:
    """Whether somebody who stays could commit all that waits. Where nobody stays, nobody will try. Raises MLSError."""
    waiting = tuple(CommittedProposal(each.proposal, each.sender, True) for each in group.proposals.values())
    proposals = ProposalList(waiting)
    staying = _staying(group, proposals.removed_leaves)
    if staying:
        begin_epoch(group, proposals, MemberSender(staying[0]), now).without_path()


def _staying(group: PublicGroup, removed: Sequence[int]) -> list[int]:
    return [member.leaf_index for member in group.members() if member.leaf_index not in removed]
