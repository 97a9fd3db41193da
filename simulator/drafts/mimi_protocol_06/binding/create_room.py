"""Creating a room: what a client asks of its own provider, which will be the hub. No other provider can ask for it."""

from dataclasses import replace
from hashlib import sha256

from simulator.codec import encode, struct
from simulator.drafts.mimi_protocol_06.binding.opening import opened
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, REFUSALS, read_done, succeed
from simulator.drafts.mimi_protocol_06.rules.creation import create_room
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.framing.message import MLSMessage
from simulator.mls.tree.leaf_node import LeafNode
from simulator.services.commands import CreateGroup
from simulator.services.hub.idempotency import is_repetition, remember
from simulator.services.names import show_group
from simulator.services.results import Done
from simulator.services.service_context import ServiceContext

NAME = "createRoom"
CREATED = 201


# LeafNode leaf_node;
# MLSMessage group_info;
@struct
class CreateRoomRequest:
    """The creator's leaf, which is the whole tree, and the GroupInfo of epoch 0. Never sent between providers."""

    leaf_node: LeafNode
    group_info: MLSMessage


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    asked, known = opened(CreateRoomRequest, request.body), head(NAME)(request)

    def perform(context: ServiceContext) -> Answer:
        digest = sha256(NAME.encode() + request.body).digest()
        if not is_repetition(digest, context):
            create_room(asked.leaf_node, asked.group_info, context)
            remember(digest, context)
        return Answer(succeed(status=CREATED))

    group_id = asked.group_info.group_id
    return Incoming(replace(known, group=None if group_id is None else show_group(group_id)), perform)


def read_answer(reply: Reply) -> Done:
    """It is the hub from now on. Raises Refusal, or BadAnswer."""
    read_done(REFUSALS, reply, CREATED)
    return Done()


CREATE_ROOM = Endpoint(
    NAME,
    "POST",
    Template("/local/createRoom"),
    Place.service_host,
    OCTETS,
    CreateRoomRequest,
    None,
    head(NAME),
    open_request,
    read_answer,
    REFUSALS,
    success=CREATED,
)
"""Not among the draft's endpoints: HTTPS does not lead here."""


def write_create_room(command: CreateGroup, *, provider: str) -> Outgoing:
    """The request of a client of this provider."""
    body = encode(CreateRoomRequest(command.leaf_node, command.group_info))
    return Outgoing(command.operation, CREATE_ROOM, provider, body, headers=from_header(provider))
