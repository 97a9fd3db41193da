"""From effects to deliveries."""

import pytest

from simulator.drafts.mimi_transport_00.rules.deliveries import read_message
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.proposals.proposals import Remove
from simulator.services.commands import SendMessage
from simulator.services.delivery import outbox
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Enqueue, FanOut
from simulator.services.delivery.outbox import Due, Failed
from simulator.services.limits.policy import Policy
from simulator.services.refusal import COMMON, Code, Refusal
from simulator.services.results import DeliveryResult
from tests.services.bench import NOW, Bench, as_member

GROUP = b"mimi://a.example/g/1"
BOB = "mimi://b.example/d/bob/phone"


def deliver(payload: bytes, *clients: str, operation: str = "notify") -> Delivery:
    return Delivery(operation, GROUP, clients or (BOB,), payload)


def due(bench: Bench, provider: str = "b.example") -> Due:
    found = bench.do(lambda context: outbox.due(provider, context))
    assert found is not None
    return found


LOST = Failed("no answer")


def settle(bench: Bench, outcome: DeliveryResult | Refusal | Failed) -> None:
    first = due(bench)
    bench.do(lambda context: outbox.settle(first, outcome, context))


@pytest.fixture
def waiting(bench: Bench) -> Bench:
    """Two messages wait for b.example."""
    effects = [FanOut("b.example", deliver(b"one", operation="invite")), FanOut("b.example", deliver(b"two"))]
    bench.do(lambda context: outbox.keep(effects, context))
    return bench


def test_own_clients_have_theirs_at_once_others_wait(bench: Bench) -> None:
    alice = bench.client("alice.phone@a")
    effects = [Enqueue(deliver(b"message", alice.uri)), FanOut("b.example", deliver(b"message"))]
    bench.do(lambda context: outbox.keep(effects, context))
    assert [queued.sender for queued in bench.store.queues.pending(alice.uri)] == ["a.example"]
    assert due(bench).delivery == deliver(b"message")
    assert bench.do(lambda context: outbox.due("c.example", context)) is None


def test_what_is_delivered_makes_room_for_the_next(waiting: Bench) -> None:
    assert due(waiting).delivery == deliver(b"one", operation="invite")
    assert due(waiting).not_before == NOW
    settle(waiting, DeliveryResult())
    assert due(waiting).delivery == deliver(b"two")
    settle(waiting, DeliveryResult())
    assert waiting.store.outbox.providers() == ()


def pauses(bench: Bench, count: int) -> list[int]:
    """How long each of so many failures puts the first message off."""
    found = []
    for _ in range(count):
        settle(bench, LOST)
        found.append(due(bench).not_before - bench.now)
        bench.now = due(bench).not_before
    return found


def test_failures_are_tried_again_ever_more_slowly(waiting: Bench) -> None:
    found = pauses(waiting, 14)
    longest = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]
    assert all(most - most // 2 <= pause <= most for pause, most in zip(found, longest, strict=True))
    assert due(waiting).delivery.payload == b"one"


def test_pauses_are_spread_at_random_and_the_same_for_the_same_seed(waiting: Bench) -> None:
    for _ in range(13):
        settle(waiting, LOST)

    def spread(seed: int) -> list[int]:
        waiting.rand = SeededRand(seed, "a.example")
        found = []
        for _ in range(20):
            settle(waiting, LOST)
            found.append(due(waiting).not_before - waiting.now)
        return found

    first = spread(1)
    assert first == spread(1) != spread(2)
    assert len(set(first)) > 15
    assert min(first) >= 1800
    assert max(first) <= 3600


def test_a_peer_that_asks_for_time_gets_it(waiting: Bench) -> None:
    settle(waiting, Refusal(Code.rate_limited, "slow down", retry_after=90))
    assert due(waiting).not_before == NOW + 90
    settle(waiting, Failed("HTTP 503, and a page", retry_after=80))
    assert due(waiting).not_before == NOW + 80
    settle(waiting, Refusal(Code.internal, "oops", retry_after=1))
    assert NOW + 2 <= due(waiting).not_before <= NOW + 4, "not sooner than without asking"


def reports(bench: Bench) -> list[tuple[str, tuple[str, ...], int, int, str]]:
    return [(r.provider, r.recipients, r.created, r.attempts, r.reason) for r in bench.store.undelivered.all()]


def test_a_delivery_expires_with_a_report(waiting: Bench) -> None:
    settle(waiting, LOST)
    assert reports(waiting) == []
    waiting.now = NOW + waiting.policy.delivery_expiry
    settle(waiting, LOST)
    assert due(waiting).delivery.payload == b"two"
    assert reports(waiting) == [("b.example", (BOB,), NOW, 2, "no answer")]
    (report,) = waiting.store.undelivered.all()
    assert (report.operation, report.group_id, report.given_up) == ("invite", GROUP, waiting.now)


@pytest.mark.parametrize("ahead", [86400, 8 * 86400, 100 * 86400, 10**9])
def test_a_clock_that_jumps_ahead_gives_nothing_up(waiting: Bench, ahead: int) -> None:
    """However often it is tried meanwhile, and also where the clock is never put right."""
    for waiting.ahead in (0, ahead, ahead, ahead, 0, -ahead, 0, ahead):
        settle(waiting, LOST)
        waiting.now += 60
    assert reports(waiting) == []
    assert due(waiting).entry.attempts == 8
    settle(waiting, DeliveryResult())
    settle(waiting, DeliveryResult())
    assert waiting.store.outbox.providers() == ()


@pytest.mark.parametrize("behind", [86400, 100 * 86400])
def test_a_clock_that_is_put_back_keeps_nothing_for_longer(waiting: Bench, behind: int) -> None:
    waiting.ahead = -behind
    waiting.now = NOW + waiting.policy.delivery_expiry
    settle(waiting, LOST)
    settle(waiting, LOST)
    assert [report[0] for report in reports(waiting)] == ["b.example"] * 2
    assert waiting.store.outbox.providers() == ()


@pytest.mark.parametrize("wanted", [3601, 7 * 86400, 7 * 86400 + 1, 2**31])
@pytest.mark.parametrize("kind", [Refusal, Failed])
def test_nobody_can_ask_for_more_time_than_an_hour(waiting: Bench, wanted: int, kind: type[Refusal | Failed]) -> None:
    outcome = Failed("HTTP 503", wanted) if kind is Failed else Refusal(Code.rate_limited, "x", retry_after=wanted)
    for attempt in range(1, 4):
        settle(waiting, outcome)
        assert due(waiting).not_before == waiting.now + waiting.policy.longest_retry
        assert due(waiting).entry.attempts == attempt
        waiting.now = due(waiting).not_before
    settle(waiting, DeliveryResult())
    assert reports(waiting) == []


@pytest.mark.parametrize("code", [code for code in COMMON if code.final])
def test_what_is_refused_for_good_is_not_tried_for_ever(waiting: Bench, code: Code) -> None:
    """But again at first: it may have been spoilt on the way."""
    for _ in range(waiting.policy.pointless_attempts - 1):
        settle(waiting, Refusal(code, "never"))
        assert due(waiting).delivery.payload == b"one"
    settle(waiting, Refusal(code, "never"))
    assert due(waiting).delivery.payload == b"two"
    assert reports(waiting) == [("b.example", (BOB,), NOW, waiting.policy.pointless_attempts, "never")]


@pytest.mark.parametrize("other", [Failed("nobody there"), Refusal(Code.internal, "not now")], ids=["lost", "internal"])
def test_only_refusals_for_good_in_a_row_end_a_delivery(waiting: Bench, other: Failed | Refusal) -> None:
    """What failed for another reason says nothing of the message."""
    refusal = Refusal(Code.malformed, "never")
    for outcome in (other, refusal, refusal, other, refusal, refusal):
        settle(waiting, outcome)
        assert due(waiting).delivery.payload == b"one"
    settle(waiting, refusal)
    assert due(waiting).delivery.payload == b"two"
    assert reports(waiting) == [("b.example", (BOB,), NOW, 7, "never")]


@pytest.mark.parametrize("policy", [Policy(outbox_messages=3), Policy(outbox_bytes=14)], ids=["by number", "by size"])
def test_a_provider_that_takes_nothing_has_room_for_so_much_and_no_more(waiting: Bench, policy: Policy) -> None:
    waiting.policy = policy

    def add(message: bytes, *providers: str) -> None:
        effects = [FanOut(provider, deliver(message)) for provider in providers]
        waiting.do(lambda context: outbox.keep(effects, context))

    add(b"three---", "b.example", "c.example")  # "one" and "two" are there already: now 3 messages, 14 bytes
    assert reports(waiting) == []
    for _ in range(3):
        add(b"4", "b.example", "c.example")
    wait = "3 messages of 14 bytes wait for b.example already"
    assert [r for r in reports(waiting) if r[0] == "b.example"] == [("b.example", (BOB,), NOW, 0, wait)] * 3
    assert waiting.store.outbox.backlog("b.example") == (3, 14)
    assert due(waiting, "c.example").delivery.payload == b"three---", "the others have room"
    settle(waiting, DeliveryResult())
    add(b"5", "b.example")
    assert waiting.store.outbox.backlog("b.example") == (3, 12), "there is room again"
    delivered = []
    while waiting.store.outbox.first("b.example") is not None:
        delivered.append(due(waiting).delivery.payload)
        settle(waiting, DeliveryResult())
    assert delivered == [b"two", b"three---", b"5"], "what was kept is kept in order"


def test_clients_that_do_not_exist_are_proposed_for_removal(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")
    while bench.store.outbox.first("b.example") is not None:
        settle(bench, DeliveryResult())
    message, _ = alice.group.encrypt(b"hello", alice.rand)
    bench.serve(as_member(alice, SendMessage(message)))
    settle(bench, DeliveryResult((BOB,)))
    last = bench.store.queues.pending(alice.uri)[-1]
    proposed = read_message(last).messages[0].body
    assert isinstance(proposed, PublicMessage)
    assert proposed.content.content == Remove(1)
    assert bench.do(lambda context: outbox.due("b.example", context)) is None


def test_a_peer_is_asked_about_its_own_clients_only(bench: Bench) -> None:
    """What b.example says of alice's and carol's clients must not throw anybody out of the group."""
    alice = bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")
    while bench.store.outbox.first("b.example") is not None:
        settle(bench, DeliveryResult())
    message, _ = alice.group.encrypt(b"hello", alice.rand)
    bench.serve(as_member(alice, SendMessage(message)))
    before = bench.store.queues.pending(alice.uri)
    settle(bench, DeliveryResult((alice.uri, "mimi://c.example/d/carol/phone")))
    assert bench.store.queues.pending(alice.uri) == before
    assert [bench.store.groups.get(group).public.proposals for group in bench.store.groups.ids()] == [{}]
