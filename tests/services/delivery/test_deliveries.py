"""Outbox and queues carry what another draft delivers: dated messages, several in one request, without recipients.

The draft here is made up. Its payload is one request's body, back to back messages, of which each is queued by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import cast

import pytest

from simulator.codec import decode_prefix, encode, opaque, struct, uint64
from simulator.services.delivery import outbox, queueing
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Effect, Enqueue, FanOut
from simulator.services.draft_rules import DraftRules
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from tests.services.bench import Bench

ROOM = b"mimi://a.example/r/clubhouse"
ALICE, PHONE, LAPTOP = "mimi://a.example/d/alice/phone", "mimi://b.example/d/bob/phone", "mimi://b.example/d/bob/laptop"


@struct
class Dated:
    timestamp: uint64
    content: opaque


def body(*messages: Dated) -> bytes:
    return b"".join(map(encode, messages))


class Rules:
    """What the services ask of the draft here."""

    def digest(self, group_id: bytes, payload: bytes) -> bytes:
        """The same in another room, or with another date, is another message."""
        return sha256(encode(Dated(0, group_id)) + payload).digest()


def messages_of(data: bytes) -> Iterator[Dated]:
    offset = 0
    while offset < len(data):
        message, offset = decode_prefix(Dated, data, offset)
        yield message


def keep(hub: Bench, *messages: Dated) -> None:
    """A hub has accepted something: alice's client, its own, gets each message, the follower one request."""
    effects: list[Effect] = [Enqueue(Delivery("notify", ROOM, (ALICE,), encode(message))) for message in messages]
    effects.append(FanOut("b.example", Delivery("notify", ROOM, (), body(*messages))))
    hub.do(lambda context: outbox.keep(effects, of_draft(context)))


def receive(follower: Bench, data: bytes, members: Iterable[str] = (PHONE, LAPTOP)) -> DeliveryResult:
    """A follower knows by itself whom it has in the room; it takes all that is in a request, or nothing."""

    def do(context: ServiceContext) -> DeliveryResult:
        for message in messages_of(data):
            if not message.content:
                raise Refusal(Code.malformed, "an empty message")
            delivery = Delivery("notify", ROOM, tuple(members), encode(message))
            queueing.enqueue(delivery, "a.example", of_draft(context))
        return DeliveryResult()

    return follower.do(do)


def settle(hub: Bench, due: outbox.Due, answer: DeliveryResult) -> None:
    hub.do(lambda context: outbox.settle(due, answer, of_draft(context)))


def of_draft(context: ServiceContext) -> ServiceContext:
    return replace(context, rules=cast("DraftRules", Rules()))


def queued(bench: Bench, client: str) -> list[Dated]:
    return [next(messages_of(each.payload)) for each in bench.do(lambda context: queueing.fetch(client, context))]


ONE, TWO, THREE = Dated(1, b"one"), Dated(2, b"two"), Dated(3, b"three")


def test_what_a_hub_accepts_gets_to_every_client(bench: Bench, follower: Bench) -> None:
    bench.client("alice.phone@a")
    keep(bench, ONE, TWO)
    keep(bench, THREE)
    while (due := bench.do(lambda context: outbox.due("b.example", context))) is not None:
        assert (due.delivery.operation, due.delivery.recipients) == ("notify", ())
        settle(bench, due, receive(follower, due.delivery.payload))
    assert queued(bench, ALICE) == queued(follower, PHONE) == queued(follower, LAPTOP) == [ONE, TWO, THREE]


def test_a_request_with_one_bad_message_leaves_nothing(follower: Bench) -> None:
    with pytest.raises(Refusal):
        receive(follower, body(ONE, Dated(2, b""), THREE))
    assert queued(follower, PHONE) == queued(follower, LAPTOP) == []


def test_a_message_comes_once_however_it_is_batched(follower: Bench) -> None:
    receive(follower, body(ONE, TWO))
    receive(follower, body(TWO, THREE), (PHONE,))
    receive(follower, body(replace(ONE, timestamp=4)), (PHONE,))
    assert queued(follower, PHONE) == [ONE, TWO, THREE, Dated(4, b"one")], "of another time it is another one"
    assert queued(follower, LAPTOP) == [ONE, TWO]
