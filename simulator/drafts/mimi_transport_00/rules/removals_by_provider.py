"""Removals that the provider proposes by itself ([DS] Client removals induced by the Delivery Service)."""

from collections.abc import Iterable

from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.mls.proposals.proposals import Remove
from simulator.services.delivery.effects import Effect
from simulator.services.hub.proposals import is_leaving, propose_as_hub
from simulator.services.members import uri_of
from simulator.services.provider_keys import own_key
from simulator.services.service_context import ServiceContext


def hub_keys(context: ServiceContext) -> tuple[bytes, ...]:
    """The one key that a provider signs everything with: as it, groups list us among those that may propose."""
    return (own_key(context).public_key,)


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
        if uri_of(member) not in gone or is_leaving(member.leaf_index, group):
            continue
        message, group = propose_as_hub(Remove(member.leaf_index), group, context)
        effects += deliver(group_id, others, message, context)
    context.store.groups.save(record.at(group))
    return effects
