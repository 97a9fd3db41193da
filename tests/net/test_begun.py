"""Work that is begun at once: it runs until it waits, and is awaited only where it does."""

import pytest
import trio
from trio.testing import MockClock

from simulator.net.begun import Begun


async def _double(number: int, *events: trio.Event) -> int:
    for event in events:
        await event.wait()
    if number < 0:
        raise ValueError(number)
    return 2 * number


async def test_what_does_not_wait_is_done() -> None:
    begun = Begun(_double(2))
    assert (begun.done, begun.result) == (True, 4)
    with pytest.raises(ValueError, match="-1"):
        Begun(_double(-1))


async def test_what_waits_is_awaited_to_its_end() -> None:
    events = (trio.Event(), trio.Event())
    async with trio.open_nursery() as nursery:
        for event in events:
            nursery.start_soon(_set, event)
        begun = Begun(_double(3, *events))
        assert not begun.done
        assert await begun == 6


async def _set(event: trio.Event) -> None:
    event.set()


async def test_what_it_raises_after_waiting_is_raised() -> None:
    event = trio.Event()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_set, event)
        with pytest.raises(ValueError, match="-2"):
            await Begun(_double(-2, event))


async def test_it_is_cancelled_by_a_scope_whose_deadline_is_set_once_it_waits(autojump_clock: MockClock) -> None:
    with trio.CancelScope() as scope:
        begun = Begun(_double(1, trio.Event()))
        scope.deadline = trio.current_time() + 5
        await begun
    assert scope.cancelled_caught
    assert trio.current_time() == 5
