"""Removals that the provider proposes by itself ([DS] Client removals induced by the Delivery Service)."""

from collections.abc import Iterable
from typing import cast

from simulator.drafts.mimi_transport_00.rules.access import uri_of
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.mls.external_proposal import propose_as_external_sender
from simulator.mls.framing import PublicMessage
from simulator.mls.message import MLSMessage
from simulator.mls.proposals import Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.senders import external_senders
from simulator.services.effects import Effect
from simulator.services.service_context import ServiceContext


def clients_gone(group_id: bytes, clients: Iterable[str], context: ServiceContext) -> tuple[Effect, ...]:
    """Propose that these clients, which do not exist any longer, be removed; members commit it with their next commit.

    Nothing happens for clients that are not in the group, or whose removal is proposed in this epoch already, nor in
    a group that is over.
    """
    record = context.store.groups.get(group_id)
    if record is None or record.public.reinit is not None:
        return ()
    effects: tuple[Effect, ...] = ()
    group = record.public
    gone = set(clients)
    others = [uri_of(member) for member in group.members() if uri_of(member) not in gone]
    for member in record.public.members():
        if uri_of(member) not in gone or is_proposed(member.leaf_index, group):
            continue
        message = _proposal(Remove(member.leaf_index), group, context)
        group = group.stage_proposal(cast("PublicMessage", message.body), context.now).group
        effects += deliver(group_id, others, message, context)
    context.store.groups.save(record.at(group))
    return effects


def is_proposed(leaf_index: int, group: PublicGroup) -> bool:
    """Whether somebody has proposed in this epoch that this leaf be removed."""
    return any(stored.proposal == Remove(leaf_index) for stored in group.proposals.values())


def _proposal(remove: Remove, group: PublicGroup, context: ServiceContext) -> MLSMessage:
    """The signed proposal. No group is created without a key of ours; it need not be our newest."""
    index, private_key = next(
        (index, key.private_key)
        for index, entry in enumerate(external_senders(group.context.extensions))
        if (key := context.store.own_keys.by_public_key(entry.signature_key))
    )
    return propose_as_external_sender(group.context, index, private_key, remove)
