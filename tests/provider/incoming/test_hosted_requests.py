"""Requests under way end with the provider: in good order, or at once."""

import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net import HTTPReply
from simulator.provider.incoming.hosted_requests import HostedRequests

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
    assert await HostedRequests().receive(work) is DONE


async def test_closing_waits_for_what_is_under_way_and_takes_no_more(nursery: trio.Nursery) -> None:
    hosted_requests, work, replies = HostedRequests(), Work(), []

    async def ask() -> None:
        replies.append(await hosted_requests.receive(work))

    nursery.start_soon(ask)
    await wait_all_tasks_blocked()
    async with trio.open_nursery() as closing:
        closing.start_soon(hosted_requests.close)
        await wait_all_tasks_blocked()
        assert await hosted_requests.receive(work) is None
        work.go.set()
    assert replies == [DONE]


async def test_closing_does_not_wait_for_ever(nursery: trio.Nursery) -> None:
    hosted_requests = HostedRequests()
    nursery.start_soon(hosted_requests.receive, Work())
    await wait_all_tasks_blocked()
    with trio.fail_after(5):
        await hosted_requests.close(grace=0.01)
    hosted_requests.cancel_all()


async def test_a_cut_answers_nobody() -> None:
    hosted_requests, replies = HostedRequests(), []

    async def ask() -> None:
        replies.append(await hosted_requests.receive(Work()))

    async with trio.open_nursery() as asking:
        asking.start_soon(ask)
        await wait_all_tasks_blocked()
        hosted_requests.cancel_all()
    assert replies == [None]
