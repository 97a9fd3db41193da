"""`notify`: what is new in a room, from its hub to a follower; a body is one FanoutMessage or more, back to back."""

from dataclasses import replace

from simulator.codec import DecodeError, TooManyValues, decode_prefix
from simulator.drafts.mimi_protocol_06.binding.opening import BODY, VALUES, room_in_path
from simulator.drafts.mimi_protocol_06.client.join_info import MOST_IN_A_TREE
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.names import group_of, room_of
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, REFUSALS, read_done, succeed
from simulator.drafts.mimi_protocol_06.rules.deliveries import NOTIFY as NAME
from simulator.drafts.mimi_protocol_06.rules.following import receive
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import refuse
from simulator.services.delivery.deliveries import Delivery
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign

MOST_MESSAGES = 100
"""In one body. Each may bring a ratchet tree, as an answer may."""

NOBODY_HERE = Code("unknown_group", final=True)
"""A room without clients of the follower's: it will not know them later either."""

ACCEPTED = 201
"""The HTTP status of an answer, which has no body ([P] 5.5: "201 Accepted")."""


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed, and HTTPRefusal 413."""
    room = room_in_path(request)
    messages, known = messages_in(request.body), head(NAME)(request)

    def perform(context: ServiceContext) -> Answer:
        receive(room, messages, str(known.sender), context)
        return Answer(succeed(status=ACCEPTED))

    group = group_of(room).decode()
    return Incoming(replace(known, group=group, rate_keys=(f"group {group}",)), perform)


def messages_in(body: bytes) -> tuple[FanoutMessage, ...]:
    """The messages of a body, one at least. Raises Refusal malformed, and HTTPRefusal 413."""
    found: list[FanoutMessage] = []
    end = 0
    try:
        while end < len(body) or not found:
            if len(found) == MOST_MESSAGES:
                refuse(VALUES, f"more than {MOST_MESSAGES} FanoutMessages in one body")
            message, end = decode_prefix(FanoutMessage, body, end, MOST_IN_A_TREE)
            found.append(message)
    except TooManyValues as error:
        refuse(VALUES, f"FanoutMessage {len(found)} has too many values: {error}", error)
    except DecodeError as error:
        refuse(BODY, f"no FanoutMessage at place {len(found)}: {error}", error)
    return tuple(found)


def read_refusal(reply: Reply) -> Refusal | None:
    """The refusal in an answer; 404 as one that the same request gets every time."""
    found = REFUSALS.read(reply)
    if found is not None and found.code == NOBODY_HERE:
        found.code = NOBODY_HERE
    return found


FOLLOWERS_REFUSALS = replace(REFUSALS, read=read_refusal)


def read_answer(reply: Reply) -> DeliveryResult:
    """It is queued; a follower names nobody. Raises the peer's Refusal, or BadAnswer."""
    read_done(FOLLOWERS_REFUSALS, reply, ACCEPTED)
    return DeliveryResult()


NOTIFY = Endpoint(
    NAME,
    "POST",
    Template("/v1/notify/{roomId}"),
    Place.service_host,
    OCTETS,
    FanoutMessage,
    None,
    head(NAME),
    open_request,
    read_answer,
    FOLLOWERS_REFUSALS,
    success=ACCEPTED,
    several=True,
)


def write_delivery(delivery: Delivery, *, sender: str, recipient: str, sign: Sign | None) -> Outgoing:
    """The request that brings a delivery. See `draft.WriteDelivery`: providers sign nothing here."""
    del sign
    variables = {"roomId": room_of(delivery.group_id)}
    return Outgoing(delivery.operation, NOTIFY, recipient, delivery.payload, variables, from_header(sender))
