"""The pace itself: before each piece the clock, or just everybody else's turn."""

import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net.crossing import Crossing
from simulator.net.faults.grip import Grip
from simulator.net.faults.trickle import Trickle
from simulator.net.hop import Hop
from simulator.net.patience import Patience, Unwatched
from simulator.provider import ManualClock


async def test_each_piece_waits_its_seconds(nursery: trio.Nursery) -> None:
    clock = ManualClock(0)
    crossing = Crossing(Hop("b.example", "ds.a.example", "GET", "/"), b"", Patience(30, clock), [])
    pace = Trickle(1, 2, crossing, Grip(clock, Unwatched(), {}))
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
