"""`update`: a commit, or proposals, from the provider of the client that made them to the hub of the room."""

from dataclasses import replace

from simulator.drafts.mimi_protocol_06.binding.opening import opened, room_in_path
from simulator.drafts.mimi_protocol_06.messages.update import UpdateRequest, UpdateRoomResponse
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, read_struct
from simulator.drafts.mimi_protocol_06.result_codes import UPDATE as REFUSALS
from simulator.drafts.mimi_protocol_06.rules.handshakes import Handshake, read_bundle
from simulator.drafts.mimi_protocol_06.rules.update import update
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.framing.framing import MemberSender
from simulator.services.results import Done
from simulator.services.service_context import ServiceContext

NAME = "update"


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed, and HTTP 403 for what nobody in the room has sent."""
    room = room_in_path(request)
    asked, known = opened(UpdateRequest, request.body), head(NAME)(request)
    handshake = read_bundle(asked.bundle, str(known.sender), group_of(room))

    def perform(context: ServiceContext) -> Answer:
        body, effects = update(room, handshake, request.body, context)
        return Answer(Reply(200, (("content-type", OCTETS),), body), effects)

    group = group_of(room).decode()
    return Incoming(replace(known, group=group, rate_keys=_rate_keys(handshake, group)), perform)


def _rate_keys(handshake: Handshake, group: str) -> tuple[str, ...]:
    sender = handshake.first.content.sender
    member = (f"member {sender.leaf_index} of {group}",) if isinstance(sender, MemberSender) else ()
    return (f"group {group}", *member)


def read_answer(reply: Reply) -> Done:
    """When the hub has accepted it, its client need not know. Raises the peer's Refusal, or BadAnswer."""
    read_struct(REFUSALS, UpdateRoomResponse, reply)
    return Done()


UPDATE = Endpoint(
    NAME,
    "POST",
    Template("/v1/update/{roomId}"),
    Place.service_host,
    OCTETS,
    UpdateRequest,
    UpdateRoomResponse,
    head(NAME),
    open_request,
    read_answer,
    REFUSALS,
)


def write_update(operation: str, room: str, body: bytes, *, sender: str, recipient: str) -> Outgoing:
    """The request with this UpdateRequest."""
    return Outgoing(operation, UPDATE, recipient, body, {"roomId": room}, from_header(sender))
