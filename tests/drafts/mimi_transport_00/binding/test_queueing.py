"""QueueingServiceRequest both ways, and what a guest takes."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from simulator.codec import decode, encode
from simulator.drafts import DRAFTS
from simulator.drafts.endpoint import Outgoing
from simulator.drafts.mimi_transport_00.binding.queueing import receive
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.messages.queueing import (
    FanoutRecipient,
    FanoutRecipientType,
    QSRequestType,
    QueueingServiceRequest,
    QueueingServiceRequestTBS,
)
from simulator.drafts.mimi_transport_00.rules.deliveries import OPERATIONS, delivery, read_message
from simulator.mls.message import MLSMessage, mls_message
from simulator.mls.proposals import Add
from simulator.services import provider_keys, queueing
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DeliveryResult
from tests.services.bench import Bench, Client

(DRAFT,) = DRAFTS
PHONE, LAPTOP, GONE = (f"mimi://b.example/d/bob/{device}" for device in ("phone", "laptop", "fridge"))
MESSAGE, REQUEST = QSRequestType.qs_deliver_message, QSRequestType.qs_connection_request


@pytest.fixture
def guest() -> Iterator[Bench]:
    """b.example, where bob is at home."""
    with closing(Bench(provider="b.example")) as made:
        made.register(made.client("bob.phone@b"))
        made.register(made.client("bob.laptop@b"))
        yield made


@pytest.fixture
def alice(bench: Bench) -> Client:
    """The member of a group at a.example who sends."""
    return bench.found("alice.phone@a")


def text(alice: Client, data: bytes = b"hello") -> MLSMessage:
    message, alice.joined = alice.group.encrypt(data, alice.rand)
    return message


def write(bench: Bench, alice: Client, request_type: QSRequestType = MESSAGE) -> Outgoing:
    due = delivery(request_type, alice.group.group_id, (PHONE, GONE), text(alice))
    sign = bench.do(provider_keys.sign_as_provider)
    return DRAFT.write_delivery(due, sender="a.example", recipient="b.example", sign=sign)


def asked(
    alice: Client, message: MLSMessage, *clients: str, request_type: QSRequestType = MESSAGE
) -> QueueingServiceRequestTBS:
    recipients = tuple(FanoutRecipient(FanoutRecipientType.client_identifier, client) for client in clients)
    return QueueingServiceRequestTBS(
        MIMI10, "a.example", "b.example", request_type, recipients, alice.group.group_id, message
    )


def refused(guest: Bench, code: Code, request: QueueingServiceRequestTBS) -> str:
    return guest.refuses(code, lambda context: receive(request, context)).rule


def test_a_delivery_arrives(bench: Bench, guest: Bench, alice: Client) -> None:
    outgoing = write(bench, alice)
    incoming = outgoing.endpoint.open(outgoing.wire_request)
    assert incoming.envelope.recipient == "b.example"
    assert (incoming.envelope.operation, incoming.envelope.group) == ("deliver_message", "mimi://a.example/g/1")
    assert outgoing.endpoint.head(outgoing.wire_request).rate_keys == ("provider a.example",)
    assert incoming.signature is not None
    provider_keys.check_signature(incoming.signature, bench.do(provider_keys.published))
    answer = guest.do(incoming.perform)
    assert answer.effects == ()
    assert outgoing.endpoint.read(answer.reply) == DeliveryResult((GONE,))
    (queued,) = guest.do(lambda context: queueing.fetch(PHONE, context))
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
    bench: Bench, guest: Bench, alice: Client, request_type: QSRequestType
) -> None:
    outgoing = write(bench, alice, request_type)
    assert outgoing.endpoint is DRAFT.named(OPERATIONS[request_type])
    wrong = DRAFT.named(OPERATIONS[REQUEST if request_type is MESSAGE else MESSAGE])
    guest.refuses(Code.unsupported_operation, wrong.open(outgoing.wire_request).perform)


def test_a_malformed_delivery(bench: Bench, alice: Client) -> None:
    outgoing = write(bench, alice)
    with pytest.raises(Refusal) as caught:
        outgoing.endpoint.open(replace(outgoing, body=outgoing.body[:-1]).wire_request)
    assert caught.value.code is Code.malformed


def test_only_the_owner_delivers(guest: Bench, alice: Client) -> None:
    request = asked(alice, text(alice), PHONE)
    assert "which a.example owns" in refused(guest, Code.not_authorized, replace(request, sender="c.example"))
    assert "nobody owns" in refused(guest, Code.not_authorized, replace(request, group_id=b"?"))


def test_the_message_is_of_the_group(guest: Bench, alice: Client) -> None:
    other = replace(asked(alice, text(alice), PHONE), group_id=b"mimi://a.example/g/other")
    assert "of another group" in refused(guest, Code.malformed, other)


def test_welcomes_come_both_ways_the_rest_only_one(guest: Bench, alice: Client) -> None:
    bundle = alice.commit(Add(guest.client("bob.phone@b").key_package()))
    welcome = bundle.welcomes[0]
    for request in (
        asked(alice, welcome, PHONE),
        asked(alice, welcome, LAPTOP, request_type=REQUEST),
        asked(alice, bundle.message, PHONE),
    ):
        guest.do(lambda context, request=request: receive(request, context))
    (queued,) = guest.do(lambda context: queueing.fetch(LAPTOP, context))
    assert read_message(queued).asks_consent
    request = asked(alice, bundle.message, PHONE, request_type=REQUEST)
    assert "PublicMessage does not come as connection_request" in refused(guest, Code.malformed, request)
    for body in (alice.group.group_info(), alice.key_package()):
        assert "does not come" in refused(guest, Code.malformed, asked(alice, mls_message(body), PHONE))


def test_a_delivery_has_recipients_but_not_too_many(guest: Bench, alice: Client) -> None:
    message = text(alice)
    assert "0 recipients" in refused(guest, Code.malformed, asked(alice, message))
    guest.policy = replace(guest.policy, max_recipients=1)
    assert "2 recipients" in refused(guest, Code.malformed, asked(alice, message, PHONE, LAPTOP))
