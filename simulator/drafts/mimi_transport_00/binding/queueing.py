"""QueueingServiceRequest and its response <-> Delivery and DeliveryResult."""

from collections.abc import Callable

from simulator.codec import decode, encode
from simulator.drafts.endpoint import Answer, Envelope, Incoming, Reply
from simulator.drafts.mimi_transport_00.binding.request import check_head, opened
from simulator.drafts.mimi_transport_00.errors import read_body, succeed
from simulator.drafts.mimi_transport_00.messages import queueing as wire
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.rules.deliveries import OPERATIONS, Payload, delivery
from simulator.drafts.wire_request import WireRequest
from simulator.mls.framing import PrivateMessage, PublicMessage
from simulator.mls.welcome import Welcome
from simulator.services.deliveries import Delivery
from simulator.services.names import BadName, group_provider, show_group
from simulator.services.queueing import enqueue
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, Signature

_SECTION = "PROTOCOL.md section 5"


def opener(request_type: wire.QSRequestType) -> Callable[[WireRequest], Incoming]:
    """How the endpoint for requests of this type opens a request."""
    operation = OPERATIONS[request_type]

    def open_request(asked: WireRequest) -> Incoming:
        request = opened(wire.QueueingServiceRequest, asked.body)
        signed = request.signed
        check_head(signed)

        def perform(context: ServiceContext) -> Answer:
            if signed.request_type != request_type:
                rule = f"{signed.request_type.name} is not asked at /{operation}"
                raise Refusal(Code.unsupported_operation, rule, _SECTION)
            result = receive(signed, context)
            return Answer(succeed(wire.QueueingServiceResponse(MIMI10, wire.UnknownClients(result.unknown))))

        return Incoming(
            Envelope(operation, signed.sender, signed.recipient, show_group(signed.group_id)),
            perform,
            Signature(wire.QUEUEING_SERVICE_LABEL, encode(signed), request.signature),
        )

    return open_request


def receive(request: wire.QueueingServiceRequestTBS, context: ServiceContext) -> DeliveryResult:
    """Queue what another provider, whose signature was checked, delivers for our clients.

    Raises Refusal not_authorized (not the group's owner) or malformed (a message that is not delivered this way).
    """
    _check_owner(request.group_id, request.sender)
    _check_message(request)
    recipients = tuple(recipient.client_id for recipient in request.recipients)
    if not 1 <= len(recipients) <= context.policy.max_recipients:
        rule = f"{len(recipients)} recipients, not 1 to {context.policy.max_recipients}"
        raise Refusal(Code.malformed, rule, _SECTION)
    return enqueue(
        delivery(request.request_type, request.group_id, recipients, request.message), request.sender, context
    )


def write_request(delivery: Delivery, sender: str, recipient: str, sign: Sign) -> bytes:
    """The QueueingServiceRequest for a delivery, signed by the sending provider."""
    payload = decode(Payload, delivery.payload)
    recipients = tuple(
        wire.FanoutRecipient(wire.FanoutRecipientType.client_identifier, client) for client in delivery.recipients
    )
    signed = wire.QueueingServiceRequestTBS(
        MIMI10, sender, recipient, payload.request_type, recipients, delivery.group_id, payload.message
    )
    return encode(wire.QueueingServiceRequest(signed, sign(wire.QUEUEING_SERVICE_LABEL, encode(signed))))


def read_answer(reply: Reply) -> DeliveryResult:
    """Which of the recipients the peer does not know. Raises its Refusal, or BadAnswer."""
    body = read_body(wire.QueueingServiceResponse, reply)
    return DeliveryResult(body.unknown_clients)


def _check_owner(group_id: bytes, sender: str) -> None:
    try:
        owner = group_provider(group_id)
    except BadName as error:
        raise Refusal(Code.not_authorized, f"nobody owns this group: {error}", _SECTION) from error
    if owner != sender:
        raise Refusal(
            Code.not_authorized, f"{sender} can't deliver for {show_group(group_id)}, which {owner} owns", _SECTION
        )


def _check_message(request: wire.QueueingServiceRequestTBS) -> None:
    body = request.message.body
    invites = request.request_type is wire.QSRequestType.qs_connection_request
    if not isinstance(body, (Welcome,) if invites else (PublicMessage, PrivateMessage, Welcome)):
        rule = f"a {type(body).__name__} does not come as {OPERATIONS[request.request_type]}"
        raise Refusal(Code.malformed, rule, _SECTION)
    if request.message.group_id not in (None, request.group_id):
        raise Refusal(Code.malformed, "the message is of another group than the delivery says", _SECTION)
