"""`groupInfo`: what a client needs to join by itself, from the hub of the room to that client's provider."""

from dataclasses import replace

from simulator.drafts.mimi_protocol_06.binding.opening import opened, room_in_path
from simulator.drafts.mimi_protocol_06.messages.group_info import GroupInfoRequest, GroupInfoResponse
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, read_struct, succeed
from simulator.drafts.mimi_protocol_06.result_codes import GROUP_INFO as REFUSALS
from simulator.drafts.mimi_protocol_06.rules.group_info import group_info
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.results import SealedSnapshot
from simulator.services.service_context import ServiceContext

NAME = "groupInfo"


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    room = room_in_path(request)
    asked, known = opened(GroupInfoRequest, request.body), head(NAME)(request)

    def perform(context: ServiceContext) -> Answer:
        return Answer(succeed(group_info(room, asked, str(known.sender), context)))

    group = group_of(room).decode()
    return Incoming(replace(known, group=group, rate_keys=(f"group {group}",)), perform)


def read_answer(reply: Reply) -> SealedSnapshot:
    """What only the client can open. Raises the peer's Refusal, or BadAnswer."""
    read_struct(REFUSALS, GroupInfoResponse, reply)
    return SealedSnapshot(reply.body)


GROUP_INFO = Endpoint(
    NAME,
    "POST",
    Template("/v1/groupInfo/{roomId}"),
    Place.service_host,
    OCTETS,
    GroupInfoRequest,
    GroupInfoResponse,
    head(NAME),
    open_request,
    read_answer,
    REFUSALS,
    protectable=True,
)


def write_group_info(operation: str, room: str, body: bytes, *, sender: str, recipient: str) -> Outgoing:
    """The request with this GroupInfoRequest."""
    return Outgoing(operation, GROUP_INFO, recipient, body, {"roomId": room}, from_header(sender))
