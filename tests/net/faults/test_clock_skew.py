"""A provider whose clock is wrong."""

import pytest

from simulator.net.faults import ClockSkew, UnknownMachine
from simulator.services.policy import DAY
from tests.net.faults.theatre import Theatre


async def test_only_that_clock_is_wrong_and_only_for_a_while(theatre: Theatre) -> None:
    a, b = theatre.session.provider("a"), theatre.session.provider("b")
    with theatre.session.inject(ClockSkew(provider="b.example", seconds=-90)):
        assert (a.clock.now(), b.clock.now()) == (theatre.session.now, theatre.session.now - 90)
        await theatre.say(b"minutes do not matter")
        assert theatre.inbox("bob") == [b"minutes do not matter"]
    assert b.clock.now() == theatre.session.now


async def test_a_year_does(theatre: Theatre) -> None:
    """b.example believes no key: all that it is shown have ended."""
    with theatre.session.inject(ClockSkew(provider="b.example", seconds=365 * DAY)):
        await theatre.say(b"0", b"1")
        assert theatre.inbox("bob") == []
        assert {e.status for e in theatre.deliveries} == {502}
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]


async def test_there_is_no_such_provider(theatre: Theatre) -> None:
    with pytest.raises(UnknownMachine, match=r'no machine b\.exmaple \(did you mean "b\.example"\?\)'):
        theatre.session.network.faults.inject(ClockSkew(provider="b.exmaple", seconds=1))
    assert len(theatre.session.network.faults) == 0
