"""Who waits for which instant."""

from functools import partial

import trio

from simulator.net.links import Arrivals
from simulator.net.timeouts import Timeout
from simulator.provider import ManualClock, WorkTracker


class Waiting:
    """Work that waits, and notes when it goes on."""

    def __init__(self) -> None:
        self.clock, self.work_tracker = ManualClock(0), WorkTracker()
        self.arrivals = Arrivals(self.clock, self.work_tracker)
        self.went_on: list[tuple[str, int]] = []
        self.asked: list[str] = []

    async def wait(self, name: str, after: int, timeout: Timeout | None = None) -> None:
        self.work_tracker.begin()
        try:
            await self.arrivals.wait((name,), partial(self._instant, name, after), timeout)
            self.went_on.append((name, self.clock.nanoseconds))
        finally:
            self.work_tracker.end()

    def _instant(self, name: str, after: int, now: int) -> int:
        self.asked.append(name)
        return now + after


async def test_in_the_order_of_instants_and_of_keys() -> None:
    waiting = Waiting()
    async with trio.open_nursery() as nursery:
        for name, after in (("c", 5), ("b", 5), ("a", 7), ("d", 0)):
            nursery.start_soon(waiting.wait, name, after)
        await trio.testing.wait_all_tasks_blocked()
        assert waiting.arrivals.are_awaited
        assert waiting.work_tracker.counts.resting == 4
        waiting.arrivals.arrange()
        assert waiting.asked == ["a", "b", "c", "d"]
        while waiting.clock.step():
            await waiting.work_tracker.idle()
            await trio.testing.wait_all_tasks_blocked()
    assert waiting.went_on == [("d", 0), ("b", 5), ("c", 5), ("a", 7)]
    assert not waiting.arrivals.are_awaited


async def test_who_gives_up_has_not_arrived() -> None:
    waiting = Waiting()
    timeout = Timeout(30, waiting.clock)

    async def ask() -> None:
        try:
            with timeout.running():
                await waiting.wait("late", 40 * 10**9, timeout)
        except trio.TooSlowError:
            waiting.went_on.append(("given up", waiting.clock.nanoseconds))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask)
        await trio.testing.wait_all_tasks_blocked()
        waiting.arrivals.arrange()
        waiting.clock.advance(60)
    assert waiting.went_on == [("given up", 60 * 10**9)]
    assert not waiting.arrivals.are_awaited
    assert waiting.work_tracker.counts.working == waiting.work_tracker.counts.resting == 0


async def test_who_has_given_up_before_is_not_arranged() -> None:
    waiting = Waiting()
    with trio.move_on_after(0):
        await waiting.wait("gone", 5)
    waiting.arrivals.arrange()
    assert waiting.asked == []
    assert not waiting.clock.step()
