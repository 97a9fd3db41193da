"""QueueingServiceRequest and its response <-> Delivery and DeliveryResult."""

from collections.abc import Callable

from simulator.codec import codec, decode, encode, opaque
from simulator.drafts.mimi_transport_00.binding.request import check_head, opened
from simulator.drafts.mimi_transport_00.errors import read_body, succeed
from simulator.drafts.mimi_transport_00.messages import queueing as wire
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.rules.deliveries import OPERATIONS, Payload
from simulator.drafts.mimi_transport_00.rules.receiving import receive
from simulator.drafts.requests.endpoint import Answer, Envelope, Incoming, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.remembered import remembered_list
from simulator.services.delivery.deliveries import Delivery
from simulator.services.names import show_group
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, Signature

_SIGNATURE = codec(opaque)


def opener(request_type: wire.QSRequestType) -> Callable[[WireRequest], Incoming]:
    """How the endpoint for requests of this type opens a request."""

    def open_request(asked: WireRequest) -> Incoming:
        request = opened(wire.QueueingServiceRequest, asked.body)
        signed = request.signed
        check_head(signed)
        group = show_group(signed.group_id)
        envelope = Envelope(OPERATIONS[request_type], signed.sender, signed.recipient, group)
        # What is signed comes first, in the only octets that it has: only the signature stands behind it.
        content = asked.body[: -len(_SIGNATURE.encode(request.signature))]
        proof = Signature(wire.QUEUEING_SERVICE_LABEL, content, request.signature)
        return incoming(envelope, signed, proof, request_type)

    return open_request


def incoming(
    envelope: Envelope, said: wire.QueueingServiceRequestTBS, signature: Signature, asked_for: wire.QSRequestType
) -> Incoming:
    """A decoded request at the endpoint for requests of a type."""

    def perform(context: ServiceContext) -> Answer:
        result = receive(said, asked_for, context)
        return Answer(_answer(result.unknown) if result.unknown else _ALL_KNOWN)

    return Incoming(envelope, perform, signature)


def _answer(unknown: tuple[str, ...]) -> Reply:
    return succeed(wire.QueueingServiceResponse(MIMI10, wire.UnknownClients(unknown)))


_ALL_KNOWN = _answer(())


def write_request(delivery: Delivery, sender: str, recipient: str, sign: Sign) -> bytes:
    """The QueueingServiceRequest for a delivery, signed by the sending provider."""
    payload = decode(Payload, delivery.payload)
    recipients = _recipients(delivery.recipients)
    signed = wire.QueueingServiceRequestTBS(
        MIMI10, sender, recipient, payload.request_type, recipients, delivery.group_id, payload.message
    )
    content = encode(signed)
    return content + _SIGNATURE.encode(sign(wire.QUEUEING_SERVICE_LABEL, content))


@remembered_list
def _recipients(clients: tuple[str, ...]) -> tuple[wire.FanoutRecipient, ...]:
    return tuple(wire.FanoutRecipient(wire.FanoutRecipientType.client_identifier, client) for client in clients)


def read_answer(reply: Reply) -> DeliveryResult:
    """Which of the recipients the peer does not know. Raises its Refusal, or BadAnswer."""
    body = read_body(wire.QueueingServiceResponse, reply)
    return DeliveryResult(body.unknown_clients)
