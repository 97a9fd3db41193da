"""One request, one transaction: all of it or nothing, and others are told only of what lasts."""

import pytest

from simulator.federation import Session
from simulator.services import outbox
from simulator.services.commands import Deliver, Kind
from simulator.services.effects import FanOut
from simulator.services.site import Site


async def test_what_fails_leaves_nothing_behind(session: Session) -> None:
    desk, before = session.provider("a").desk, session.provider("a").fingerprint()
    woken: list[int] = []
    desk.on_effects = lambda: woken.append(1)

    def fail(site: Site) -> None:
        site.store.users.add("mimi://a.example/u/eve")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.do(fail)
    assert session.provider("a").fingerprint() == before
    assert woken == []


async def test_effects_are_written_down_with_their_cause(session: Session) -> None:
    desk = session.provider("a").desk
    waiting: list[tuple[str, ...]] = []
    desk.on_effects = lambda: waiting.append(desk.store.outbox.providers())
    delivery = Deliver(Kind.message, b"mimi://a.example/g/1", ("mimi://b.example/d/bob/phone",), b"?")
    desk.do(lambda site: outbox.keep((FanOut("b.example", delivery),), site))
    assert waiting == [("b.example",)]


async def test_a_site_is_the_provider_at_one_moment(session: Session) -> None:
    desk = session.provider("a").desk
    first = desk.site()
    session.advance(10)
    assert (first.provider, first.ds_host) == ("a.example", "ds.a.example")
    assert desk.site().now == first.now + 10
