"""The pace itself: before each piece the clock, or just everybody else's turn."""

import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net.client.attempt import Attempt
from simulator.net.client.request_route import RequestRoute
from simulator.net.faults.fault_context import FaultContext
from simulator.net.faults.trickle import Trickle
from simulator.net.timeouts import NoWorkTracker, Timeout
from simulator.provider import ManualClock


async def test_each_piece_waits_its_seconds(nursery: trio.Nursery) -> None:
    clock = ManualClock(0)
    attempt = Attempt(RequestRoute("b.example", "ds.a.example", "GET", "/"), b"", Timeout(30, clock), [])
    pace = Trickle(1, 2, attempt, FaultContext(clock, NoWorkTracker(), {}))
    stepped: list[int] = []

    async def step() -> None:
        for _ in range(2):
            await pace.step(None)
            stepped.append(clock.now())

    nursery.start_soon(step)
    for _ in range(4):
        await wait_all_tasks_blocked()
        clock.advance(1)
    await wait_all_tasks_blocked()
    assert stepped == [2, 4]
