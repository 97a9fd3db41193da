"""Protocol time follows the machine's clock."""

from collections.abc import Iterator

import pytest
import trio
import trio.testing

from simulator.federation import Session, Topology, open_session
from simulator.federation.control.pace import keep_pace
from tests.federated import NOW


class _Wall:
    """A machine's clock that shows these times, one at each look."""

    def __init__(self, *times: float) -> None:
        self._times: Iterator[float] = iter(times)
        self.over = trio.Event()

    def __call__(self) -> float:
        time = next(self._times, None)
        if time is None:
            self.over.set()
            return 0.0
        return time


@pytest.mark.parametrize(
    ("looks", "passed"),
    [
        ((100.5, 100.5, 101.0, 101.0, 102.0), 2),
        ((100.5, 100.5, 161.0), 61),
        ((100.5, 100.5, 40.0, 40.0, 99.0), 0),
        ((100.5, 100.5, 40.0, 40.0, 103.0), 3),
    ],
    ids=["each second", "the machine slept", "put back", "right again"],
)
async def test_seconds_pass(autojump_clock: trio.testing.MockClock, looks: tuple[float, ...], passed: int) -> None:
    async with open_session(Topology(()), seed=1, now=NOW) as session:
        wall = _Wall(*looks)
        await _until_over(session, wall)
        assert session.now == NOW + passed


async def _until_over(session: Session, wall: _Wall) -> None:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(keep_pace, session, wall)
        await wall.over.wait()
        nursery.cancel_scope.cancel()
