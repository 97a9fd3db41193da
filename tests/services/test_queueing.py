"""The guest side: what is queued, for whom, and from whom."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.mls.message import MLSMessage, mls_message
from simulator.mls.proposals import Add
from simulator.services import queueing
from simulator.services.commands import Deliver, Kind
from simulator.services.refusal import Code
from simulator.services.results import Queued
from tests.services.bench import Bench, Client


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


def delivery(alice: Client, message: MLSMessage, *clients: str, kind: Kind = Kind.message) -> Deliver:
    return Deliver(kind, alice.group.group_id, clients, encode(message))


def text(alice: Client, data: bytes = b"hello") -> MLSMessage:
    message, alice.joined = alice.group.encrypt(data, alice.rand)
    return message


def receive(guest: Bench, delivered: Deliver) -> Queued:
    return guest.do(lambda context: queueing.receive(delivered, "a.example", context))


def refused(guest: Bench, code: Code, delivered: Deliver, sender: str = "a.example") -> str:
    return guest.refuses(code, lambda context: queueing.receive(delivered, sender, context)).rule


PHONE, LAPTOP = "mimi://b.example/d/bob/phone", "mimi://b.example/d/bob/laptop"


def test_each_recipient_gets_messages_in_order(guest: Bench, alice: Client) -> None:
    first, second = text(alice), text(alice)
    assert receive(guest, delivery(alice, first, PHONE, LAPTOP)) == Queued(())
    assert receive(guest, delivery(alice, second, PHONE)) == Queued(())
    got = guest.do(lambda context: queueing.fetch(PHONE, context))
    assert [message.message for message in got] == [encode(first), encode(second)]
    assert {(message.sender, message.group_id, message.connection_request) for message in got} == {
        ("a.example", alice.group.group_id, False)
    }
    guest.do(lambda context: queueing.acknowledge(PHONE, 1, context))
    assert [message.number for message in guest.do(lambda context: queueing.fetch(PHONE, context))] == [2]
    assert len(guest.do(lambda context: queueing.fetch(LAPTOP, context))) == 1


def test_the_same_delivery_again_is_queued_once(guest: Bench, alice: Client) -> None:
    delivered = delivery(alice, text(alice), PHONE)
    receive(guest, delivered)
    before = guest.store.fingerprint()
    assert receive(guest, delivered) == Queued(())
    assert guest.store.fingerprint() == before


def test_unknown_clients_are_named_and_the_rest_is_queued(guest: Bench, alice: Client) -> None:
    gone, foreign = "mimi://b.example/d/bob/fridge", "mimi://c.example/d/carol/phone"
    assert receive(guest, delivery(alice, text(alice), gone, PHONE, foreign, "junk", gone)) == Queued(
        (gone, foreign, "junk")
    )
    assert len(guest.do(lambda context: queueing.fetch(PHONE, context))) == 1


def test_only_the_owner_delivers(guest: Bench, alice: Client) -> None:
    delivered = delivery(alice, text(alice), PHONE)
    assert "which a.example owns" in refused(guest, Code.not_authorized, delivered, "c.example")
    assert "nobody owns" in refused(guest, Code.not_authorized, replace(delivered, group_id=b"?"))


def test_the_message_is_of_the_group(guest: Bench, alice: Client) -> None:
    delivered = delivery(alice, text(alice), PHONE)
    other = replace(delivered, group_id=b"mimi://a.example/g/other")
    assert "of another group" in refused(guest, Code.malformed, other)


def test_welcomes_come_both_ways_the_rest_only_one(guest: Bench, alice: Client) -> None:
    bundle = alice.commit(Add(guest.client("bob.phone@b").key_package()))
    welcome = bundle.welcomes[0]
    receive(guest, delivery(alice, welcome, PHONE))
    receive(guest, delivery(alice, welcome, LAPTOP, kind=Kind.connection_request))
    assert guest.do(lambda context: queueing.fetch(LAPTOP, context))[0].connection_request
    receive(guest, delivery(alice, bundle.message, PHONE))
    request = delivery(alice, bundle.message, PHONE, kind=Kind.connection_request)
    assert "PublicMessage does not come as connection_request" in refused(guest, Code.malformed, request)
    for body in (alice.group.group_info(), alice.key_package()):
        assert "does not come" in refused(guest, Code.malformed, delivery(alice, mls_message(body), PHONE))


def test_a_delivery_has_recipients_but_not_too_many(guest: Bench, alice: Client) -> None:
    message = text(alice)
    assert "0 recipients" in refused(guest, Code.malformed, delivery(alice, message))
    guest.policy = replace(guest.policy, max_recipients=1)
    assert "2 recipients" in refused(guest, Code.malformed, delivery(alice, message, PHONE, LAPTOP))


def test_queues_are_for_own_clients(guest: Bench) -> None:
    guest.refuses(Code.unknown_user, lambda context: queueing.fetch("mimi://a.example/d/alice/phone", context))
    guest.refuses(Code.unknown_user, lambda context: queueing.acknowledge("mimi://a.example/d/alice/phone", 1, context))
