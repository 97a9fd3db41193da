"""From effects to deliveries."""

import pytest

from simulator.codec import decode
from simulator.mls.framing import PublicMessage
from simulator.mls.message import MLSMessage
from simulator.mls.proposals import Remove
from simulator.services import outbox
from simulator.services.commands import Deliver, Kind, SendMessage
from simulator.services.effects import Enqueue, FanOut
from simulator.services.outbox import Due
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Queued
from tests.services.bench import NOW, Bench, as_member

GROUP = b"mimi://a.example/g/1"
BOB = "mimi://b.example/d/bob/phone"


def deliver(message: bytes, *clients: str, kind: Kind = Kind.message) -> Deliver:
    return Deliver(kind, GROUP, clients or (BOB,), message)


def due(bench: Bench, provider: str = "b.example") -> Due:
    found = bench.do(lambda site: outbox.due(provider, site))
    assert found is not None
    return found


def settle(bench: Bench, outcome: Queued | Refusal | None) -> None:
    first = due(bench)
    bench.do(lambda site: outbox.settle(first, outcome, site))


@pytest.fixture
def waiting(bench: Bench) -> Bench:
    """Two messages wait for b.example."""
    effects = [FanOut("b.example", deliver(b"one", kind=Kind.connection_request)), FanOut("b.example", deliver(b"two"))]
    bench.do(lambda site: outbox.keep(effects, site))
    return bench


def test_own_clients_have_theirs_at_once_others_wait(bench: Bench) -> None:
    alice = bench.client("alice.phone@a")
    effects = [Enqueue(deliver(b"message", alice.uri)), FanOut("b.example", deliver(b"message"))]
    bench.do(lambda site: outbox.keep(effects, site))
    assert [queued.sender for queued in bench.store.queues.pending(alice.uri)] == ["a.example"]
    assert due(bench).delivery == deliver(b"message")
    assert bench.do(lambda site: outbox.due("c.example", site)) is None


def test_what_is_delivered_makes_room_for_the_next(waiting: Bench) -> None:
    assert due(waiting).delivery == deliver(b"one", kind=Kind.connection_request)
    assert due(waiting).not_before == NOW
    settle(waiting, Queued(()))
    assert due(waiting).delivery == deliver(b"two")
    settle(waiting, Queued(()))
    assert waiting.store.outbox.providers() == ()


def test_failures_are_tried_again_ever_more_slowly(waiting: Bench) -> None:
    pauses = []
    for _ in range(14):
        settle(waiting, None)
        pauses.append(due(waiting).not_before - waiting.now)
        waiting.now = due(waiting).not_before
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]
    assert due(waiting).delivery.message == b"one"


def test_a_peer_that_asks_for_time_gets_it(waiting: Bench) -> None:
    settle(waiting, Refusal(Code.rate_limited, "slow down", retry_after=90))
    assert due(waiting).not_before == NOW + 90
    settle(waiting, Refusal(Code.internal, "oops"))
    assert due(waiting).not_before == NOW + 2


def test_a_delivery_expires(waiting: Bench) -> None:
    waiting.now = NOW + waiting.policy.delivery_expiry
    settle(waiting, None)
    assert due(waiting).delivery.message == b"two"


def test_a_delay_beyond_the_expiry_is_the_end(waiting: Bench) -> None:
    settle(waiting, Refusal(Code.rate_limited, "later", retry_after=waiting.policy.delivery_expiry))
    assert due(waiting).delivery.message == b"one"
    settle(waiting, Refusal(Code.rate_limited, "later", retry_after=waiting.policy.delivery_expiry + 1))
    assert due(waiting).delivery.message == b"two"


@pytest.mark.parametrize("code", sorted(outbox.POINTLESS))
def test_what_is_refused_for_good_is_not_tried_again(waiting: Bench, code: Code) -> None:
    settle(waiting, Refusal(code, "never"))
    assert due(waiting).delivery.message == b"two"


def test_clients_that_do_not_exist_are_proposed_for_removal(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")
    while bench.store.outbox.first("b.example") is not None:
        settle(bench, Queued(()))
    message, _ = alice.group.encrypt(b"hello", alice.rand)
    bench.serve(as_member(alice, SendMessage(message)))
    settle(bench, Queued((BOB,)))
    last = bench.store.queues.pending(alice.uri)[-1]
    proposed = decode(MLSMessage, last.message).body
    assert isinstance(proposed, PublicMessage)
    assert proposed.content.content == Remove(1)
    assert bench.do(lambda site: outbox.due("b.example", site)) is None
