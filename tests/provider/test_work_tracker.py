"""Idle means that nothing is under way, from the moment work is promised to the moment it is done."""

import pytest
import trio
import trio.testing

from simulator.provider import Counts, WorkTracker


async def test_idle_waits_for_the_last_piece_of_work() -> None:
    work_tracker = WorkTracker()
    order: list[str] = []
    go = trio.Event()

    async def work(name: str, after: trio.Event, then: trio.Event) -> None:
        with work_tracker.working():
            await after.wait()
            order.append(name)
            then.set()

    async def wait() -> None:
        await work_tracker.idle()
        order.append("idle")

    async with trio.open_nursery() as nursery:
        second = trio.Event()
        nursery.start_soon(work, "first", go, second)
        nursery.start_soon(work, "second", second, trio.Event())
        await trio.testing.wait_all_tasks_blocked()
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        assert order == []
        go.set()
    assert order == ["first", "second", "idle"]


async def test_nothing_under_way_is_idle_at_once() -> None:
    with trio.fail_after(5):
        await WorkTracker().idle()


async def test_work_that_fails_has_ended_too() -> None:
    work_tracker = WorkTracker()
    with pytest.raises(ZeroDivisionError), work_tracker.working():
        1 / 0  # noqa: B018 - any failure will do
    with trio.fail_after(5):
        await work_tracker.idle()


async def test_work_that_stands_still_is_not_waited_for() -> None:
    work_tracker = WorkTracker()
    order: list[str] = []

    async def wait() -> None:
        await work_tracker.idle()
        order.append("idle")

    async with trio.open_nursery() as nursery:
        work_tracker.begin()
        work_tracker.begin()
        work_tracker.rest()
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        assert order == [], "the other one moves"
        work_tracker.rest()
        work_tracker.resume()
        await trio.testing.wait_all_tasks_blocked()
        assert order == [], "it was for no more than a moment"
        work_tracker.rest()
        await trio.testing.wait_all_tasks_blocked()
        assert order == ["idle"]


async def test_what_is_part_of_counted_work_counts_once() -> None:
    work_tracker = WorkTracker()
    with work_tracker.working(), work_tracker.working():
        work_tracker.rest()
        with trio.fail_after(5):
            await work_tracker.idle()
        work_tracker.resume()
    with work_tracker.part(), work_tracker.working(), trio.fail_after(5):
        await work_tracker.idle()


async def test_counts_say_whether_anything_has_happened_in_between() -> None:
    work_tracker = WorkTracker()
    assert work_tracker.counts == Counts(0, 0, 0)
    with work_tracker.working():
        work_tracker.rest()
        assert work_tracker.counts == Counts(1, 1, 2)
        work_tracker.resume()
    assert work_tracker.counts == Counts(0, 0, 4)


async def test_who_waits_for_others_stands_still() -> None:
    work_tracker = WorkTracker()
    woken: list[int] = []
    work_tracker.woken = lambda: woken.append(work_tracker.counts.working)
    with work_tracker.waiting():
        assert work_tracker.counts.resting == 0, "it is no work that is counted"
    with work_tracker.working():
        assert woken == [1]
        with work_tracker.waiting():
            assert work_tracker.counts.resting == 1
            await work_tracker.idle()
            work_tracker.begin()
            work_tracker.end()
        assert work_tracker.counts.resting == 0
    assert len(woken) == 3
