"""Clients and users of ours that do not exist any longer: the hub proposes that they be removed ([P] 5.3)."""

from collections.abc import Iterable
from dataclasses import replace

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, room_state, user_of
from simulator.drafts.mimi_protocol_06.rules.deliveries import fanned_out_proposals
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source, fan_out
from simulator.drafts.mimi_protocol_06.rules.hub_proposals import propose
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import accepted_now, with_components, with_facts
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.proposals.proposals import Proposal, Remove
from simulator.services.delivery.effects import Effect
from simulator.services.names import user_provider
from simulator.services.service_context import ServiceContext


def clients_gone(group_id: bytes, clients: Iterable[str], context: ServiceContext) -> tuple[Effect, ...]:
    """Propose that these clients be removed, and a user that is gone altogether from the list, too.

    Nothing happens in a room of another hub, nor for clients whose removal waits already.
    """
    kept = context.store.groups.get(group_id)
    if kept is None:
        return ()
    record = with_components(kept)
    state, gone = room_state(record.public), frozenset(clients)
    proposed = propose(_removals(gone, state, context), record.public, context)
    if not proposed.messages:
        return ()
    facts = accepted_now(RoomFacts.of(record), context)
    timestamp = facts.last_timestamp
    queue = (*facts.queue, *proposed.pending(timestamp))
    context.store.groups.save(with_facts(record.at(proposed.group), replace(facts, queue=queue)))
    return fan_out(fanned_out_proposals(timestamp, proposed.messages), record.public, Source(""), context)


def _removals(gone: frozenset[str], state: RoomState, context: ServiceContext) -> Iterable[tuple[Proposal, ...]]:
    """What to propose, for each user together."""
    leaves: dict[str, list[int]] = {}
    for leaf, client in state.clients.items():
        if client in gone and leaf not in state.leaving:
            leaves.setdefault(user_of(client), []).append(leaf)
    for user, indices in leaves.items():
        removes = tuple(map(Remove, indices))
        place = state.committed.index_of(user)
        over = user_provider(user) == context.provider and not context.store.users.exists(user)
        if over and place is not None and state.participants.role_of(user) is not None:
            update = encode(ParticipantListUpdate(removed_indices=(place,)))
            yield (*removes, AppDataUpdate(ComponentID.participant_list, ComponentUpdate(update)))
        else:
            yield removes
