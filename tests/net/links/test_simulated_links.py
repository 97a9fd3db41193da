"""Requests and answers take their time, there and back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from simulator.net.client.attempt import Attempt, Lost
from simulator.net.client.outgoing import Outgoing
from simulator.net.client.request_route import RequestRoute
from simulator.net.clock import NANOSECONDS
from simulator.net.http import HTTPReply
from simulator.net.links import Arrivals, Link, NetworkModel, SimulatedLinks
from simulator.net.timeouts import Timeout
from simulator.provider import ManualClock, WorkTracker

MS = NANOSECONDS // 1000
THERE, BACK = ("a.example", "b.example"), ("b.example", "a.example")
OUTGOING = Outgoing(b"POST", b"/x", [(b"host", b"b.example")], b"0123456789")
REQUEST_OCTETS = len(b"POST /x HTTP/1.1\r\nhost: b.example\r\n\r\n0123456789")
REPLY = HTTPReply(200, (("date", "x"),), b"body")
REPLY_OCTETS = len(b"HTTP/1.1 200 \r\ndate: x\r\n\r\nbody")


class Passing:
    """A clock that passes while everybody waits."""

    def __init__(self, model: NetworkModel) -> None:
        self.clock, self.work_tracker = ManualClock(0), WorkTracker()
        self.arrivals = Arrivals(self.clock, self.work_tracker)
        self.links = SimulatedLinks(model, 1, self.clock, self.arrivals)
        self.arrived: list[int] = []

    async def run(self) -> None:
        while True:
            await trio.testing.wait_all_tasks_blocked()
            self.arrivals.arrange()
            self.clock.step()

    async def onward(self, attempt: Attempt) -> HTTPReply:
        await trio.lowlevel.checkpoint()
        self.arrived.append(self.clock.nanoseconds)
        return REPLY

    async def lose(self, attempt: Attempt) -> HTTPReply:
        await self.onward(attempt)
        raise Lost("gone")

    def attempt(self, recipient: str = "b.example") -> Attempt:
        route = RequestRoute("a.example", "ds.b.example", "POST", "/x", recipient)
        return Attempt(route, OUTGOING.body, Timeout(30, self.clock), [])


@asynccontextmanager
async def passing(there: Link, back: Link) -> AsyncIterator[Passing]:
    running = Passing(NetworkModel(Link(latency=999), {THERE: there, BACK: back}))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(running.run)
        yield running
        nursery.cancel_scope.cancel()


async def test_each_way_takes_what_its_link_takes() -> None:
    async with passing(Link(latency=40 * MS, bandwidth=8_000_000), Link(latency=10 * MS, bandwidth=80_000)) as running:
        assert await running.links.carry(running.attempt(), OUTGOING, running.onward) is REPLY
    there = 40 * MS + REQUEST_OCTETS * 1000
    assert running.arrived == [there]
    assert running.links.elapsed() == there + 10 * MS + REPLY_OCTETS * 100_000


async def test_a_failure_is_known_when_the_way_back_is_gone() -> None:
    async with passing(Link(latency=40 * MS), Link(latency=10 * MS, bandwidth=1000)) as running:
        with pytest.raises(Lost):
            await running.links.carry(running.attempt(), OUTGOING, running.lose)
    assert running.links.elapsed() == 50 * MS


async def test_who_asks_itself_does_so_at_once() -> None:
    async with passing(Link(), Link()) as running:
        await running.links.carry(running.attempt("a.example"), OUTGOING, running.onward)
    assert running.links.elapsed() == 0


async def test_two_at_once_leave_one_after_the_other() -> None:
    async with passing(Link(bandwidth=8_000_000), Link()) as running, trio.open_nursery() as nursery:
        for _ in range(2):
            nursery.start_soon(running.links.carry, running.attempt(), OUTGOING, running.onward)
    assert running.arrived == [REQUEST_OCTETS * 1000, 2 * REQUEST_OCTETS * 1000]
