"""A provider crashes at every named point of a message's way; nothing that was accepted is lost, doubled or swapped.

`make durability` does the same at every single occurrence, and at several at random.
"""

import pytest

from simulator.provider import Point
from tests.durability.crashes import Milestone, Run, never, tell


async def test_without_a_crash() -> None:
    run = await tell(never)
    assert {milestone.point for milestone in run.passed} == {point.name for point in Point}
    assert (run.accepted, run.sent, run.delivered) == (28, 13, 42)


@pytest.mark.parametrize("point", Point, ids=[point.name.lower() for point in Point])
async def test_at_every_point(point: Point) -> None:
    """Each provider crashes there once with each operation, all in one story."""

    def breaks(milestone: Milestone, run: Run) -> bool:
        return milestone.point == point.name and milestone not in run.crashed

    run = await tell(breaks)
    assert set(run.crashed) == {milestone for milestone in run.passed if milestone.point == point.name}
    assert {milestone.provider for milestone in run.crashed} >= {"a.example", "b.example"}
    assert (run.sent, run.delivered) == (13, 42)
