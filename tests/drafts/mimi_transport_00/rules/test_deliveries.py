"""The payload of a delivery: message and request type, from one end to the other."""

import pytest

from simulator.codec import DecodeError
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver, delivery, digest, read_message
from simulator.drafts.received_message import ReceivedMessage
from simulator.mls.framing.message import MLSMessage
from simulator.services.delivery.effects import Enqueue, FanOut
from simulator.storage import QueuedMessage
from tests.services.bench import Bench

GROUP = b"mimi://a.example/g/1"
ALICE, BOB, BILL = "mimi://a.example/d/alice/phone", "mimi://b.example/d/bob/phone", "mimi://b.example/d/bill/phone"


@pytest.fixture
def message(bench: Bench) -> MLSMessage:
    alice = bench.found("alice.phone@a")
    encrypted, _ = alice.group.encrypt(b"hello", alice.rand)
    return encrypted


def queued(payload: bytes) -> QueuedMessage:
    return QueuedMessage(1, "a.example", GROUP, payload)


@pytest.mark.parametrize("request_type", list(QSRequestType))
def test_what_was_put_in_is_read(message: MLSMessage, request_type: QSRequestType) -> None:
    made = delivery(request_type, GROUP, (BOB,), message)
    asks = request_type is QSRequestType.qs_connection_request
    assert (made.operation, made.group_id, made.recipients) == (request_type.name.removeprefix("qs_"), GROUP, (BOB,))
    assert read_message(queued(made.payload)) == ReceivedMessage((message,), asks)


def test_a_payload_that_is_none_is_not_read(message: MLSMessage) -> None:
    payload = delivery(QSRequestType.qs_deliver_message, GROUP, (BOB,), message).payload
    for broken in (b"", payload[1:], payload[:-1]):
        with pytest.raises(DecodeError):
            read_message(queued(broken))


def test_each_provider_gets_one_delivery_by_the_endpoint_for_it(bench: Bench, message: MLSMessage) -> None:
    def effects(request_type: QSRequestType) -> tuple[Enqueue | FanOut, ...]:
        return (
            Enqueue(delivery(request_type, GROUP, (ALICE,), message)),
            FanOut("b.example", delivery(request_type, GROUP, (BOB, BILL), message)),
        )

    clients = (ALICE, BOB, BILL)
    assert deliver(GROUP, clients, message, bench.context) == effects(QSRequestType.qs_deliver_message)
    assert deliver(GROUP, clients, message, bench.context, asks_consent=True) == effects(
        QSRequestType.qs_connection_request
    )


def test_a_message_is_the_same_by_either_endpoint(bench: Bench, message: MLSMessage) -> None:
    one, other = (delivery(request_type, GROUP, (BOB,), message).payload for request_type in QSRequestType)
    assert one != other
    assert digest(GROUP, one) == digest(GROUP, other) != digest(GROUP, one + b"?")
