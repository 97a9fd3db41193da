"""A provider whose clock is wrong."""

import pytest

from simulator.net.faults import ClockSkew, UnknownMachine
from simulator.services.limits.policy import DAY
from tests.net.faults.running_group import RunningGroup


async def test_only_that_clock_is_wrong_and_only_for_a_while(running_group: RunningGroup) -> None:
    a, b = running_group.session.provider("a"), running_group.session.provider("b")
    with running_group.session.inject(ClockSkew(provider="b.example", seconds=-90)):
        assert (a.clock.now(), b.clock.now()) == (running_group.session.now, running_group.session.now - 90)
        await running_group.say(b"minutes do not matter")
        assert running_group.inbox("bob") == [b"minutes do not matter"]
    assert b.clock.now() == running_group.session.now


async def test_a_year_does(running_group: RunningGroup) -> None:
    """b.example believes no key: all that it is shown have ended."""
    with running_group.session.inject(ClockSkew(provider="b.example", seconds=365 * DAY)):
        await running_group.say(b"0", b"1")
        assert running_group.inbox("bob") == []
        assert {e.status for e in running_group.deliveries} == {502}
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]


async def test_there_is_no_such_provider(running_group: RunningGroup) -> None:
    with pytest.raises(UnknownMachine, match=r'no machine b\.exmaple \(did you mean "b\.example"\?\)'):
        running_group.session.network.faults.inject(ClockSkew(provider="b.exmaple", seconds=1))
    assert len(running_group.session.network.faults) == 0
