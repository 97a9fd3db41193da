"""The payload of a delivery, from the owner's outbox to the queue of a guest's client: message and request type."""

from collections.abc import Iterable
from hashlib import sha256

from simulator.codec import decode, encode, struct
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType
from simulator.drafts.received_message import ReceivedMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.remembered import Remembered
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Effect
from simulator.services.hub.fan_out import fan_out
from simulator.services.service_context import ServiceContext
from simulator.storage import QueuedMessage

OPERATIONS = {
    QSRequestType.qs_deliver_message: "deliver_message",
    QSRequestType.qs_connection_request: "connection_request",
}
"""What errors and events call each type of request, which has an endpoint of this name."""


@struct
class Payload:
    """How a message waits in an outbox or a queue; never sent like this."""

    request_type: QSRequestType
    message: MLSMessage


_READ: Remembered[Payload] = Remembered(32)
"""What waits in queues, decoded: all recipients of a message get the same octets."""


def delivery(request_type: QSRequestType, group_id: bytes, recipients: Iterable[str], message: MLSMessage) -> Delivery:
    """The delivery of a message."""
    payload = encode(Payload(request_type, message))
    return Delivery(OPERATIONS[request_type], group_id, tuple(recipients), payload)


def read_message(queued: QueuedMessage) -> ReceivedMessage:
    """The message in a client's queue. Raises DecodeError."""
    payload = _READ.of(decode, Payload, queued.payload)
    asks_consent = payload.request_type is QSRequestType.qs_connection_request
    return ReceivedMessage((payload.message,), asks_consent)


def deliver(
    group_id: bytes,
    clients: Iterable[str],
    message: MLSMessage,
    context: ServiceContext,
    *,
    asks_consent: bool = False,
) -> tuple[Effect, ...]:
    """One delivery per guest provider with all of its clients; a question for consent has an endpoint of its own."""
    request_type = QSRequestType.qs_connection_request if asks_consent else QSRequestType.qs_deliver_message
    return fan_out(delivery(request_type, group_id, clients, message), context)


def digest(group_id: bytes, payload: bytes) -> bytes:
    """That of the MLSMessage, which comes once: whichever endpoint it comes by, and for whichever group."""
    return sha256(payload[1:]).digest()
