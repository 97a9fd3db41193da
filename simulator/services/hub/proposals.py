"""Proposals that wait for the commit that takes them along (RFC 9420 12.1), those of members and the hub's own."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from simulator.mls.framing.framing import MemberSender, PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.senders import external_senders
from simulator.mls.proposals.external_proposal import propose_as_external_sender
from simulator.mls.proposals.proposals import Proposal, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.rules import Rule
from simulator.services.hub.groups import check_epoch
from simulator.services.hub.mls_rules import mls_check
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord


def queue_proposals(
    proposals: Sequence[PublicMessage], record: GroupRecord, context: ServiceContext, *, current: Rule, valid: Rule
) -> GroupRecord:
    """Keep proposals for the next commit: all of them or, where one is refused, none.

    Raises Refusal: one is not of the `current` epoch, or not `valid` in the group with those before it.
    """
    group = record.public
    for proposal in proposals:
        check_epoch(proposal, record, current)
        group = mls_check(valid, partial(group.stage_proposal, proposal, context.now)).group
    queued = record.at(group)
    context.store.groups.save(queued)
    return queued


def is_leaving(leaf_index: int, group: PublicGroup) -> bool:
    """Whether somebody has proposed in this epoch that this leaf be removed."""
    return any(
        stored.proposal == Remove(leaf_index)
        or (isinstance(stored.proposal, SelfRemove) and stored.sender == MemberSender(leaf_index))
        for stored in group.proposals.values()
    )


def as_external_sender(group: PublicGroup, context: ServiceContext) -> tuple[int, bytes]:
    """Our place among the external senders that the group lists, and our private key there, which need not be the
    newest.
    """
    return next(
        (index, key.private_key)
        for index, entry in enumerate(external_senders(group.context.extensions))
        if (key := context.store.own_keys.by_public_key(entry.signature_key))
    )


def propose_as_hub(
    proposal: Proposal, group: PublicGroup, context: ServiceContext, authenticated_data: bytes = b""
) -> tuple[MLSMessage, PublicGroup]:
    """A proposal of ours, and the group in which it waits; nothing is stored.

    Raises MLSError.
    """
    index, private_key = as_external_sender(group, context)
    message = propose_as_external_sender(group.context, index, private_key, proposal, authenticated_data)
    return message, group.stage_proposal(cast("PublicMessage", message.body), context.now).group
