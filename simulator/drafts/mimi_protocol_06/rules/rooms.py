"""The rooms of which we are the hub: found by their URIs, kept, and the time of what is accepted in them."""

from dataclasses import replace

from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.room.component_updates import COMPONENTS
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.services.hub.groups import find_group
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

KNOWN = rule("P6-2-ROOM-OURS", Code.unknown_group, "PROTOCOL.md section 2", essential="there is no room")


def find_room(room: str, context: ServiceContext) -> GroupRecord:
    """A room of ours, whose components MLS knows. Raises Refusal unknown_group."""
    return with_components(find_group(group_of(room), context, KNOWN))


def with_components(record: GroupRecord) -> GroupRecord:
    """A group as a room: what its GroupContext keeps may change."""
    return record.at(record.public.with_components(COMPONENTS))


def with_facts(record: GroupRecord, facts: RoomFacts) -> GroupRecord:
    """The same room with other facts."""
    return replace(record, facts=facts.encoded)


def accepted_now(facts: RoomFacts, context: ServiceContext) -> RoomFacts:
    """The facts with the time of what is accepted now as their last: later than anything before it in the room,
    whatever our clock shows.
    """
    return replace(facts, last_timestamp=max(context.now * 1000, facts.last_timestamp + 1))


def note_fetched(room: str, references: tuple[bytes, ...], provider: str, context: ServiceContext) -> None:
    """KeyPackages for this room came from that provider. Nothing happens where the room is none of ours."""
    record = context.store.groups.get(group_of(room))
    if record is not None:
        facts = RoomFacts.of(record).with_fetched(references, provider)
        context.store.groups.save(with_facts(record, facts))
