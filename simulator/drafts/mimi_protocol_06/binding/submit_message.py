"""`submitMessage`: an application message from its sender's provider to the hub of the room."""

from dataclasses import replace

from simulator.drafts.mimi_protocol_06.binding.opening import named, opened, room_in_path
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest, SubmitMessageResponse
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, read_struct
from simulator.drafts.mimi_protocol_06.result_codes import SUBMIT as REFUSALS
from simulator.drafts.mimi_protocol_06.rules.submit_message import submit_message
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.names import user_provider
from simulator.services.results import Done
from simulator.services.service_context import ServiceContext

NAME = "submitMessage"


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    room = room_in_path(request)
    asked, known = opened(SubmitMessageRequest, request.body), head(NAME)(request)
    named("the sender of the message", asked.sending_uri, user_provider)

    def perform(context: ServiceContext) -> Answer:
        body, effects = submit_message(room, asked, str(known.sender), context)
        return Answer(Reply(200, (("content-type", OCTETS),), body), effects)

    group = group_of(room).decode()
    return Incoming(replace(known, group=group, rate_keys=(f"group {group}",)), perform)


def read_answer(reply: Reply) -> Done:
    """Time and Frank are for those who get the message. Raises the peer's Refusal, or BadAnswer."""
    read_struct(REFUSALS, SubmitMessageResponse, reply)
    return Done()


SUBMIT_MESSAGE = Endpoint(
    NAME,
    "POST",
    Template("/v1/submitMessage/{roomId}"),
    Place.service_host,
    OCTETS,
    SubmitMessageRequest,
    SubmitMessageResponse,
    head(NAME),
    open_request,
    read_answer,
    REFUSALS,
)


def write_submit_message(operation: str, room: str, body: bytes, *, sender: str, recipient: str) -> Outgoing:
    """The request with this SubmitMessageRequest."""
    return Outgoing(operation, SUBMIT_MESSAGE, recipient, body, {"roomId": room}, from_header(sender))
