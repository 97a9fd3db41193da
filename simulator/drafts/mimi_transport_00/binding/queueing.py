"""QueueingServiceRequest and its response <-> Deliver and Queued."""

from collections.abc import Callable

from simulator.codec import decode, encode
from simulator.drafts.endpoint import Answer, Envelope, Incoming, Reply
from simulator.drafts.mimi_transport_00.binding.request import check_head, opened
from simulator.drafts.mimi_transport_00.errors import read_body, succeed
from simulator.drafts.mimi_transport_00.messages import queueing as wire
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.wire_request import WireRequest
from simulator.mls.message import MLSMessage
from simulator.services import queueing
from simulator.services.commands import Deliver, Kind
from simulator.services.names import show_group
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Queued
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, Signature

_TYPES = {
    Kind.message: wire.QSRequestType.qs_deliver_message,
    Kind.connection_request: wire.QSRequestType.qs_connection_request,
}


def opener(kind: Kind) -> Callable[[WireRequest], Incoming]:
    """How the endpoint for deliveries of this kind opens a request."""

    def open_request(asked: WireRequest) -> Incoming:
        request = opened(wire.QueueingServiceRequest, asked.body)
        signed = request.signed
        check_head(signed)
        delivery = Deliver(
            kind,
            signed.group_id,
            tuple(recipient.client_id for recipient in signed.recipients),
            encode(signed.message),
        )

        def perform(context: ServiceContext) -> Answer:
            if signed.request_type != _TYPES[kind]:
                raise Refusal(
                    Code.unsupported_operation,
                    f"{signed.request_type.name} is not asked at /{kind.value}",
                    "PROTOCOL.md section 5",
                )
            queued = queueing.receive(delivery, signed.sender, context)
            arm = wire.UnknownClients(queued.unknown_clients)
            return Answer(succeed(wire.QueueingServiceResponse(MIMI10, arm)))

        return Incoming(
            Envelope(kind.value, signed.sender, signed.recipient, show_group(signed.group_id)),
            perform,
            Signature(wire.QUEUEING_SERVICE_LABEL, encode(signed), request.signature),
        )

    return open_request


def write_request(delivery: Deliver, sender: str, recipient: str, sign: Sign) -> bytes:
    """The QueueingServiceRequest for a delivery, signed by the sending provider."""
    recipients = tuple(
        wire.FanoutRecipient(wire.FanoutRecipientType.client_identifier, client) for client in delivery.recipients
    )
    signed = wire.QueueingServiceRequestTBS(
        MIMI10,
        sender,
        recipient,
        _TYPES[delivery.kind],
        recipients,
        delivery.group_id,
        decode(MLSMessage, delivery.message),
    )
    return encode(wire.QueueingServiceRequest(signed, sign(wire.QUEUEING_SERVICE_LABEL, encode(signed))))


def read_answer(reply: Reply) -> Queued:
    """Which of the recipients the peer does not know. Raises its Refusal, or BadAnswer."""
    body = read_body(wire.QueueingServiceResponse, reply)
    return Queued(body.unknown_clients)
