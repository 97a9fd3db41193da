"""The operation `submitMessage`: an application message, dated and franked, for everybody else ([P] 5.4)."""

from functools import partial

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.content.franking import FrankingKeys, ServerFrankingContext, frank
from simulator.drafts.mimi_protocol_06.messages.common import AcceptedMessage, Frank, Protocol
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest, SubmitMessageResponse
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.refusals import forbidden
from simulator.drafts.mimi_protocol_06.room.admission import may_send, requires_franking
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.room_state import room_state
from simulator.drafts.mimi_protocol_06.rules.deliveries import fanned_out_message
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source, fan_out_to_participants
from simulator.drafts.mimi_protocol_06.rules.hub_keys import franking_key
from simulator.drafts.mimi_protocol_06.rules.mls_validity import valid
from simulator.drafts.mimi_protocol_06.rules.own_requests import submitted_by
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import accepted_now, find_room, with_facts
from simulator.drafts.mimi_protocol_06.rules.update import request_digest
from simulator.mls.framing.framing import ContentType, PrivateMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.safe_aad import safe_aad_items
from simulator.rules import check, refuse
from simulator.services.delivery.effects import Effect
from simulator.services.hub.idempotency import earlier_answer, remember
from simulator.services.names import user_provider
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_SECTION = "PROTOCOL.md, Messages"

SENDER = forbidden("P6-4.3-SENDER")
PRIVATE = rule("P6-4.3-FORM", Code.malformed, _SECTION, part="PRIVATE", essential="it is no application message")
GROUP = rule("P6-4.3-FORM", Code.malformed, _SECTION, part="GROUP")
APPLICATION = rule("P6-4.3-FORM", Code.malformed, _SECTION, part="APPLICATION")
MAY_SEND = rule("P6-4.3-MAY-SEND", Code.not_authorized, _SECTION)
SAFE_AAD = rule("P6-4.3-SAFE-AAD", Code.not_authorized, _SECTION)
FRANKED = rule("P6-7-REQUIRED", Code.not_authorized, "PROTOCOL.md, Content")
NOT_OVER = rule("P6-4.3-EPOCH", Code.wrong_epoch, _SECTION, part="OVER")
NOT_AHEAD = rule("P6-4.3-EPOCH", Code.not_authorized, _SECTION, part="AHEAD")

TAG_SIZE = 32
"""Of a franking tag, in bytes."""


def submit_message(
    room: str, request: SubmitMessageRequest, provider: str, context: ServiceContext
) -> tuple[bytes, tuple[Effect, ...]]:
    """Take a message that `provider` has brought: the SubmitMessageResponse, and who hears of it. Raises Refusal.

    A repetition of what was accepted is answered as that was.
    """
    user, message = request.sending_uri, _checked(request.app_message, room)
    own = user_provider(user) == provider
    check(SENDER, own, f"{provider} can't speak for {user}")
    digest = request_digest("submitMessage", provider, room, encode(request))
    earlier = earlier_answer(digest, context)
    if earlier is not None:
        return earlier, ()
    record = find_room(room, context)
    state = room_state(record.public)
    words = f"{user} may not send: it has no client in the room, or a role that may not"
    check(MAY_SEND, may_send(user, state), words)
    tag = franking_tag_of(message)
    words = f"messages in {room} need a franking tag, and this one has none"
    check(FRANKED, tag is not None or not requires_franking(state), words)
    _check_epoch(message, record)
    facts = accepted_now(RoomFacts.of(record), context)
    timestamp = facts.last_timestamp
    asserted = None if tag is None else _frank(tag, ServerFrankingContext(user, room, timestamp), record, context)
    context.store.groups.save(with_facts(record, facts))
    answer = encode(SubmitMessageResponse(Protocol.mls10, AcceptedMessage(timestamp, asserted)))
    remember(digest, context, answer)
    source = Source(provider, submitted_by(request.app_message, context) if provider == context.provider else None)
    brought = fanned_out_message(timestamp, request.app_message, asserted)
    return answer, fan_out_to_participants(brought, record.public, state, source, context)


def _checked(message: MLSMessage, room: str) -> PrivateMessage:
    private = message.body
    if not isinstance(private, PrivateMessage):
        refuse(PRIVATE, f"a {type(private).__name__} is no application message: that is a PrivateMessage")
    check(GROUP, private.group_id == group_of(room), "the message is of another group than the path names")
    kind = private.content_type
    check(APPLICATION, kind is ContentType.application, f"a PrivateMessage with {kind.name} is no application message")
    return private


def franking_tag_of(message: PrivateMessage) -> bytes | None:
    """The franking tag in a message's authenticated_data, if it has one. Raises Refusal not_authorized."""
    items = valid(SAFE_AAD, partial(safe_aad_items, message.authenticated_data))
    others = sorted(set(items) - {ComponentID.frank_aad})
    check(SAFE_AAD, not others, f"the authenticated_data has items of components {others}")
    tag = items.get(ComponentID.frank_aad)
    check(SAFE_AAD, tag is None or len(tag) == TAG_SIZE, f"a franking tag is of {TAG_SIZE} bytes")
    return tag


def _check_epoch(message: PrivateMessage, record: GroupRecord) -> None:
    epoch = record.public.epoch
    words = f"the message is of epoch {message.epoch}, the room is at {epoch}"
    check(NOT_OVER, message.epoch >= epoch, words, current_epoch=epoch)
    check(NOT_AHEAD, message.epoch <= epoch, words)


def _frank(tag: bytes, said: ServerFrankingContext, record: GroupRecord, context: ServiceContext) -> Frank:
    keys = FrankingKeys(RoomFacts.of(record).hub_key, franking_key(context).private_key)
    return frank(tag, said, keys, record.public.suite)
