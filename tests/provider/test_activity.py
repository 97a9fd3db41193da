"""Idle means that nothing is under way, from the moment work is promised to the moment it is done."""

import pytest
import trio
import trio.testing

from simulator.provider import Activity


async def test_idle_waits_for_the_last_piece_of_work() -> None:
    activity = Activity()
    order: list[str] = []
    go = trio.Event()

    async def work(name: str, after: trio.Event, then: trio.Event) -> None:
        with activity.working():
            await after.wait()
            order.append(name)
            then.set()

    async def wait() -> None:
        await activity.idle()
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
        await Activity().idle()


async def test_work_that_fails_has_ended_too() -> None:
    activity = Activity()
    with pytest.raises(ZeroDivisionError), activity.working():
        1 / 0  # noqa: B018 - any failure will do
    with trio.fail_after(5):
        await activity.idle()


async def test_work_that_stands_still_is_not_waited_for() -> None:
    activity = Activity()
    order: list[str] = []

    async def wait() -> None:
        await activity.idle()
        order.append("idle")

    async with trio.open_nursery() as nursery:
        activity.begin()
        activity.begin()
        activity.rest()
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        assert order == [], "the other one moves"
        activity.rest()
        activity.resume()
        await trio.testing.wait_all_tasks_blocked()
        assert order == [], "it was for no more than a moment"
        activity.rest()
        await trio.testing.wait_all_tasks_blocked()
        assert order == ["idle"]


async def test_what_is_part_of_counted_work_counts_once() -> None:
    activity = Activity()
    with activity.working(), activity.working():
        activity.rest()
        with trio.fail_after(5):
            await activity.idle()
        activity.resume()
    with activity.part(), activity.working(), trio.fail_after(5):
        await activity.idle()
