"""One request, one transaction: all of it or nothing, and others are told only of what lasts."""

from collections.abc import Collection

import pytest

from simulator.federation import Session
from simulator.net import Unreachable
from simulator.services.decisions import Decision
from simulator.services.delivery import outbox
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import FanOut
from simulator.services.discovery import ENDED
from simulator.services.service_context import ServiceContext
from simulator.trace import ProtocolEvent

DELIVERY = Delivery("notify", b"mimi://a.example/g/1", ("mimi://b.example/d/bob/phone",), b"?")


async def test_what_fails_leaves_nothing_behind(session: Session) -> None:
    executor, before = session.provider("a").executor, session.provider("a").fingerprint()
    woken: list[Collection[str]] = []
    executor.on_effects = woken.append

    def fail(context: ServiceContext) -> None:
        context.store.users.add("mimi://a.example/u/eve")
        outbox.keep((FanOut("b.example", DELIVERY),), context)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        executor.do(fail)
    assert session.provider("a").fingerprint() == before
    assert woken == []
    executor.do(lambda context: None)
    assert woken == [()], "nothing of what was rolled back"


async def test_effects_are_written_down_with_their_cause(session: Session) -> None:
    executor = session.provider("a").executor
    waiting: list[tuple[Collection[str], tuple[str, ...]]] = []
    executor.on_effects = lambda added: waiting.append((added, executor.store.outbox.providers()))
    executor.do(lambda context: outbox.keep((FanOut("b.example", DELIVERY),), context))
    executor.do(lambda context: None)
    assert waiting == [(("b.example",), ("b.example",)), ((), ("b.example",))]


async def test_a_site_is_the_provider_at_one_moment(session: Session) -> None:
    executor = session.provider("a").executor
    first = executor.context()
    session.advance(10)
    assert (first.provider, first.service_host) == ("a.example", "ds.a.example")
    assert executor.context().now == first.now + 10


async def test_a_look_begins_no_transaction_and_tells_what_is_decided(session: Session) -> None:
    provider = session.provider("a")
    executor, decided = provider.executor, Decision(ENDED, "a test wants it", "discovery")
    events = len(session.recorder.events)
    began: list[str] = []
    executor.store._db.set_trace_callback(began.append)

    def question(context: ServiceContext) -> tuple[str, ...]:
        context.decided(decided)
        return context.store.users.all()

    assert executor.look(question) == ("mimi://a.example/u/alice",)
    executor.store._db.set_trace_callback(None)
    assert [text.split()[0] for text in began] == ["SELECT"]
    assert len(session.recorder.events) == events + 1
    await session.crash("a")
    with pytest.raises(Unreachable):
        executor.look(question)


async def test_what_one_call_decides_is_not_lost_by_another_inside_of_it(session: Session) -> None:
    executor = session.provider("a").executor
    events = len(session.recorder.events)

    def action(context: ServiceContext) -> None:
        context.decided(Decision(ENDED, "before", "discovery"))
        executor.look(lambda inner: inner.decided(Decision(ENDED, "inside", "discovery")))
        context.decided(Decision(ENDED, "after", "discovery"))

    executor.do(action)
    told = [event.reason for event in session.recorder.events[events:] if isinstance(event, ProtocolEvent)]
    assert told == ["inside", "before", "after"]
