"""The operation `update`: a bundle of proposals for the queue, or a commit with what belongs to it ([P] 5.3)."""

from dataclasses import replace
from hashlib import sha256

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.messages.group_info import PendingProposal
from simulator.drafts.mimi_protocol_06.messages.update import UpdateResponseCode, UpdateRoomResponse
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, room_state
from simulator.drafts.mimi_protocol_06.rules.commits import accept, check_commit
from simulator.drafts.mimi_protocol_06.rules.deliveries import fanned_out_proposals
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source, fan_out
from simulator.drafts.mimi_protocol_06.rules.handshakes import Handshake, check_sender, check_still_there
from simulator.drafts.mimi_protocol_06.rules.queue import queue_up
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import accepted_now, find_room, with_facts
from simulator.services.delivery.effects import Effect
from simulator.services.hub.idempotency import earlier_answer, remember
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord


def update(room: str, handshake: Handshake, body: bytes, context: ServiceContext) -> tuple[bytes, tuple[Effect, ...]]:
    """Take a handshake that came in this body: the UpdateRoomResponse, and who hears of it. Raises Refusal.

    A repetition of what was accepted is answered as that was: whoever got no answer can't know otherwise whether the
    epoch that it finds is of its own making.
    """
    digest = request_digest("update", handshake.provider, room, body)
    earlier = earlier_answer(digest, context)
    if earlier is not None:
        return earlier, ()
    record = find_room(room, context)
    source = check_sender(handshake, record)
    state = room_state(record.public)
    check_still_there(handshake, source, state)
    if handshake.commit is None:
        timestamp, effects = _queue(handshake, source, state, record, context)
    else:
        commit = check_commit(handshake, handshake.commit, source, state, record, context)
        timestamp, effects = accept(commit, context)
    answer = encode(UpdateRoomResponse(UpdateResponseCode.success, "", accepted_timestamp=timestamp))
    remember(digest, context, answer)
    return answer, effects


def request_digest(operation: str, provider: str, room: str, body: bytes) -> bytes:
    """What no other request has, as far as an answer may depend on it."""
    heads = (operation.encode(), provider.encode(), room.encode())
    return sha256(b"".join(sha256(head).digest() for head in heads) + body).digest()


def _queue(
    handshake: Handshake, source: Source, state: RoomState, record: GroupRecord, context: ServiceContext
) -> tuple[int, tuple[Effect, ...]]:
    group = queue_up(handshake, state, record.public, context)
    facts = accepted_now(RoomFacts.of(record), context)
    timestamp = facts.last_timestamp
    new = tuple(PendingProposal(message, timestamp) for message in handshake.messages)
    context.store.groups.save(with_facts(record.at(group), replace(facts, queue=(*facts.queue, *new))))
    brought = fanned_out_proposals(timestamp, handshake.messages)
    return timestamp, fan_out(brought, record.public, source, context)
