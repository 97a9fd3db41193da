"""Requests under way end with the provider: in good order, or at once."""

import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net import HTTPReply
from simulator.provider.visits import Visits

DONE = HTTPReply(200)


class Work:
    """A request that takes until it is let go."""

    def __init__(self) -> None:
        self.go = trio.Event()

    async def __call__(self) -> HTTPReply:
        await self.go.wait()
        return DONE


async def test_one_that_is_open_serves() -> None:
    work = Work()
    work.go.set()
    assert await Visits().receive(work) is DONE


async def test_closing_waits_for_what_is_under_way_and_takes_no_more(nursery: trio.Nursery) -> None:
    visits, work, replies = Visits(), Work(), []

    async def ask() -> None:
        replies.append(await visits.receive(work))

    nursery.start_soon(ask)
    await wait_all_tasks_blocked()
    async with trio.open_nursery() as closing:
        closing.start_soon(visits.close)
        await wait_all_tasks_blocked()
        assert await visits.receive(work) is None
        work.go.set()
    assert replies == [DONE]


async def test_closing_does_not_wait_for_ever(nursery: trio.Nursery) -> None:
    visits = Visits()
    nursery.start_soon(visits.receive, Work())
    await wait_all_tasks_blocked()
    with trio.fail_after(5):
        await visits.close(grace=0.01)
    visits.cut()


async def test_a_cut_answers_nobody() -> None:
    visits, replies = Visits(), []

    async def ask() -> None:
        replies.append(await visits.receive(Work()))

    async with trio.open_nursery() as asking:
        asking.start_soon(ask)
        await wait_all_tasks_blocked()
        visits.cut()
    assert replies == [None]
