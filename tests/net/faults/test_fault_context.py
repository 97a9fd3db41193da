"""Held in the order of coming, let go in the same order, and each one told from the moment of its release."""

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net.client.attempt import Attempt
from simulator.net.client.request_route import RequestRoute
from simulator.net.faults.fault_context import FaultContext, UnknownMachine
from simulator.net.timeouts import Timeout
from simulator.provider import ManualClock, WorkTracker


class Bench:
    def __init__(self, nursery: trio.Nursery) -> None:
        self.nursery = nursery
        self.clock = ManualClock(0)
        self.work_tracker = WorkTracker()
        self.context = FaultContext(self.clock, self.work_tracker, {})
        self.passed: list[str] = []

    async def send(self, name: str, seconds: int | None = None) -> None:
        attempt = Attempt(RequestRoute(name, "ds.a.example", "GET", "/"), b"", Timeout(30, self.clock), [])

        async def cross() -> None:
            with self.work_tracker.working(), trio.move_on_after(60):
                await (self.context.hold(attempt) if seconds is None else self.context.pause(attempt, seconds))
                self.passed.append(name)

        self.nursery.start_soon(cross)
        await wait_all_tasks_blocked()


@pytest.fixture
def bench(nursery: trio.Nursery) -> Bench:
    return Bench(nursery)


async def test_the_oldest_first(bench: Bench) -> None:
    for name in "abc":
        await bench.send(name)
    assert [route.sender for route in bench.context.held] == ["a", "b", "c"]
    bench.context.release(1)
    assert [route.sender for route in bench.context.held] == ["b", "c"], "from this moment on"
    await wait_all_tasks_blocked()
    assert bench.passed == ["a"]
    bench.context.release()
    await wait_all_tasks_blocked()
    assert sorted(bench.passed) == ["a", "b", "c"]
    await bench.send("d")
    assert [route.sender for route in bench.context.held] == ["d"], "a release is no repair"
    bench.context.let_go()
    await wait_all_tasks_blocked()
    await bench.send("e")
    assert bench.passed[3:] == ["d", "e"]


async def test_what_was_released_is_under_way_before_it_runs(bench: Bench) -> None:
    await bench.send("a")
    with trio.fail_after(5):
        await bench.work_tracker.idle()
    bench.context.release()
    assert bench.passed == []
    with trio.fail_after(5):
        await bench.work_tracker.idle()
    assert bench.passed == ["a"]


async def test_a_pause_ends_by_the_clock_or_by_release(bench: Bench) -> None:
    await bench.send("a", 5)
    await bench.send("b", 50)
    await bench.send("c", 0)
    assert bench.passed == ["c"]
    bench.clock.advance(5)
    await wait_all_tasks_blocked()
    assert bench.passed == ["c", "a"]
    bench.context.let_go()
    await wait_all_tasks_blocked()
    assert bench.passed == ["c", "a", "b"]
    bench.clock.advance(100)
    with trio.fail_after(5):
        await bench.work_tracker.idle()


async def test_machines_by_name(bench: Bench) -> None:
    with pytest.raises(UnknownMachine, match=r"there is no machine a\.example"):
        bench.context.machine("a.example")
