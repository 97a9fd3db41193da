"""What a hub proposes by itself, as external sender: what an external commit has voided, removals of its own clients.

It does nothing that its role in the room does not allow ([P] 5.5, [RP]).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.messages.group_info import PendingProposal
from simulator.drafts.mimi_protocol_06.room.policy import judge
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, room_state
from simulator.drafts.mimi_protocol_06.rules.handshakes import NOTHING_BESIDE
from simulator.drafts.mimi_protocol_06.rules.queue import actor, check_committable
from simulator.mls.errors import MLSError
from simulator.mls.framing.framing import ExternalSender
from simulator.mls.framing.message import MLSMessage
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.proposals import Proposal, Remove
from simulator.mls.public_group import PublicGroup
from simulator.rules import Enforcement, enforced_by
from simulator.services.hub.proposals import as_external_sender, propose_as_hub
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext


@dataclass(frozen=True, slots=True)
class HubProposals:
    """Proposals of ours, and the group in which they wait."""

    group: PublicGroup
    messages: tuple[MLSMessage, ...] = ()

    def pending(self, timestamp: int) -> tuple[PendingProposal, ...]:
        """As a queue has them that were accepted at this time."""
        return tuple(PendingProposal(message, timestamp) for message in self.messages)


def propose(bundles: Iterable[Sequence[Proposal]], group: PublicGroup, context: ServiceContext) -> HubProposals:
    """Propose what is in these bundles, as far as our role allows it: each as a whole or, where not all of that is
    allowed, what is by itself. Nothing is stored.
    """
    found = HubProposals(group)
    for bundle in bundles:
        with enforced_by(Enforcement()):  # what we do not do breaks no rule, and nobody is told
            whole = _proposed(bundle, found, context)
            if whole is None:
                for proposal in bundle:
                    found = _proposed((proposal,), found, context) or found
            else:
                found = whole
    return found


def voided_by(before: PublicGroup, after: PublicGroup) -> Iterable[Sequence[Proposal]]:
    """What waited in the epoch that an external commit has ended, by sender, as it reads in the epoch that this began:
    removals of clients that are still there, and changes of what the GroupContext keeps.
    """
    stored = before.proposals.values()
    for _, several in groupby(stored, key=lambda each: each.sender):
        yield tuple(again for each in several for again in _again(each.proposal, before, after))


def _again(proposal: Proposal, before: PublicGroup, after: PublicGroup) -> Iterable[Proposal]:
    if isinstance(proposal, AppDataUpdate):
        yield proposal
    elif isinstance(proposal, Remove):
        removed = before.member(proposal.removed)
        still = None if removed is None else after.find(removed.identity)
        if still is not None:
            yield Remove(still.leaf_index)


def _proposed(bundle: Sequence[Proposal], found: HubProposals, context: ServiceContext) -> HubProposals | None:
    """None where we may not, or it makes no sense."""
    try:
        index, _ = as_external_sender(found.group, context)
        sender = ExternalSender(index)
        judge(actor(sender, found.group), [Proposed(each, sender) for each in bundle], room_state(found.group))
        for proposal in bundle:
            message, group = propose_as_hub(proposal, found.group, context, NOTHING_BESIDE)
            if len(group.proposals) == len(found.group.proposals):  # the same waits already
                return None
            found = replace(found, group=group, messages=(*found.messages, message))
        check_committable(found.group, context.now)
    except (Refusal, MLSError):
        return None
    return found
