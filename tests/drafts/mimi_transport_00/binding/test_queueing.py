"""QueueingServiceRequest both ways."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from simulator.codec import decode, encode
from simulator.drafts import DRAFTS
from simulator.drafts.endpoint import Outgoing
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType, QueueingServiceRequest
from simulator.services import provider_keys, queueing
from simulator.services.commands import Deliver, Kind
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Queued
from tests.services.bench import Bench, Client

(DRAFT,) = DRAFTS
PHONE, GONE = "mimi://b.example/d/bob/phone", "mimi://b.example/d/bob/fridge"


@pytest.fixture
def guest() -> Iterator[Bench]:
    with closing(Bench(provider="b.example")) as made:
        made.register(made.client("bob.phone@b"))
        yield made


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a")


def write(bench: Bench, alice: Client, kind: Kind = Kind.message) -> Outgoing:
    message, alice.joined = alice.group.encrypt(b"hello", alice.rand)
    delivery = Deliver(kind, alice.group.group_id, (PHONE, GONE), encode(message))
    sign = bench.do(provider_keys.sign_as_provider)
    return DRAFT.write(delivery, sender="a.example", recipient="b.example", sign=sign)


def test_a_delivery_arrives(bench: Bench, guest: Bench, alice: Client) -> None:
    outgoing = write(bench, alice)
    incoming = outgoing.endpoint.open(outgoing.wire_request)
    incoming.envelope.check_recipient("b.example")
    assert (incoming.envelope.operation, incoming.envelope.group) == ("deliver_message", "mimi://a.example/g/1")
    assert outgoing.endpoint.head(outgoing.wire_request).rate_keys == ("provider a.example",)
    assert incoming.signature is not None
    provider_keys.check_signature(incoming.signature, bench.do(provider_keys.published))
    answer = guest.do(incoming.perform)
    assert answer.effects == ()
    assert outgoing.endpoint.read(answer.reply) == Queued((GONE,))
    assert len(guest.do(lambda context: queueing.fetch(PHONE, context))) == 1


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


@pytest.mark.parametrize("kind", list(Kind))
def test_a_request_is_asked_at_its_endpoint(bench: Bench, guest: Bench, alice: Client, kind: Kind) -> None:
    outgoing = write(bench, alice, kind)
    wrong = DRAFT.named("deliver_message" if kind is Kind.connection_request else "connection_request")
    assert outgoing.endpoint is not wrong
    guest.refuses(Code.unsupported_operation, wrong.open(outgoing.wire_request).perform)


def test_a_malformed_delivery(bench: Bench, alice: Client) -> None:
    outgoing = write(bench, alice)
    with pytest.raises(Refusal) as caught:
        outgoing.endpoint.open(replace(outgoing, body=outgoing.body[:-1]).wire_request)
    assert caught.value.code is Code.malformed
