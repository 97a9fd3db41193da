"""QueueingServiceRequest both ways, and what a guest takes."""

from dataclasses import replace

import pytest

from simulator.codec import decode, encode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.messages.queueing import (
    QSRequestType,
    QueueingServiceRequest,
)
from simulator.drafts.mimi_transport_00.rules.deliveries import OPERATIONS, delivery, read_message
from simulator.drafts.requests.endpoint import Outgoing
from simulator.services import provider_keys
from simulator.services.delivery import queueing
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DeliveryResult
from tests.breaking import breaks
from tests.drafts.mimi_transport_00.sending import text
from tests.services.bench import Bench, Client

DRAFT = DRAFTS[0]
PHONE, LAPTOP, GONE = (f"mimi://b.example/d/bob/{device}" for device in ("phone", "laptop", "fridge"))
MESSAGE, REQUEST = QSRequestType.qs_deliver_message, QSRequestType.qs_connection_request


def write(bench: Bench, alice: Client, request_type: QSRequestType = MESSAGE) -> Outgoing:
    due = delivery(request_type, alice.group.group_id, (PHONE, GONE), text(alice))
    sign = bench.do(provider_keys.sign_as_provider)
    return DRAFT.write_delivery(due, sender="a.example", recipient="b.example", sign=sign)


def test_a_delivery_arrives(bench: Bench, follower: Bench, alice: Client) -> None:
    outgoing = write(bench, alice)
    incoming = outgoing.endpoint.open(outgoing.wire_request)
    assert incoming.envelope.recipient == "b.example"
    assert (incoming.envelope.operation, incoming.envelope.group) == ("deliver_message", "mimi://a.example/g/1")
    assert outgoing.endpoint.head(outgoing.wire_request).rate_keys == ("provider a.example",)
    assert incoming.signature is not None
    provider_keys.check_signature(incoming.signature, bench.do(provider_keys.published))
    answer = follower.do(incoming.perform)
    assert answer.effects == ()
    assert outgoing.endpoint.read(answer.reply) == DeliveryResult((GONE,))
    (queued,) = follower.do(lambda context: queueing.fetch(PHONE, context))
    assert (queued.sender, queued.group_id) == ("a.example", alice.group.group_id)
    assert not read_message(queued).asks_consent


def test_everything_is_under_the_signature(bench: Bench, alice: Client) -> None:
    outgoing = write(bench, alice)
    request = decode(QueueingServiceRequest, outgoing.body)
    key = bench.do(provider_keys.published)
    for changes in (
        {"recipient": "c.example"},
        {"sender": "c.example"},
        {"group_id": b"mimi://a.example/g/2"},
        {"recipients": request.signed.recipients[:1]},
        {"request_type": QSRequestType.qs_connection_request},
    ):
        changed = replace(request, signed=replace(request.signed, **changes))
        incoming = outgoing.endpoint.open(replace(outgoing, body=encode(changed)).wire_request)
        assert incoming.signature is not None
        with pytest.raises(Refusal) as caught:
            provider_keys.check_signature(incoming.signature, key)
        assert caught.value.code is Code.invalid_signature


@pytest.mark.parametrize("request_type", list(QSRequestType))
def test_a_request_is_asked_at_its_endpoint(
    bench: Bench, follower: Bench, alice: Client, request_type: QSRequestType
) -> None:
    outgoing = write(bench, alice, request_type)
    assert outgoing.endpoint is DRAFT.named(OPERATIONS[request_type])
    wrong = DRAFT.named(OPERATIONS[REQUEST if request_type is MESSAGE else MESSAGE])
    follower.refuses(Code.unsupported_operation, wrong.open(outgoing.wire_request).perform)


@breaks("P-2-400-BODY")
def test_a_malformed_delivery(bench: Bench, alice: Client) -> None:
    outgoing = write(bench, alice)
    with pytest.raises(Refusal) as caught:
        outgoing.endpoint.open(replace(outgoing, body=outgoing.body[:-1]).wire_request)
    assert caught.value.code is Code.malformed
