"""A provider crashes at every named point of a message's way; nothing that was accepted is lost, doubled or swapped.

`make durability` does so at random, again and again.
"""

import pytest

from simulator.provider import Failpoint
from tests.durability.crashes import PassedFailpoint, Run, never, tell

PAYING = {"PAYING", "PAID", "ASKING", "ASKED"}
"""Points of those who pay with tokens."""


@pytest.mark.parametrize("paying", [False, True])
async def test_without_a_crash(paying: bool) -> None:
    run = await tell(never, paying=paying)
    assert {failpoint.point for failpoint in run.passed} == {point.name for point in Failpoint} - (
        set() if paying else PAYING
    )
    assert (run.accepted, run.sent, run.delivered) == (28, 13, 42)
    assert run.paid == (3 if paying else 0)


async def test_in_mimi_protocol_06() -> None:
    """Each provider crashes at each point once with each operation, one after the other."""

    def crashes(failpoint: PassedFailpoint, run: Run) -> bool:
        return failpoint not in run.crashed

    run = await tell(crashes, draft="mimi-protocol-06")
    assert set(run.crashed) == set(run.passed)
    assert {failpoint.point for failpoint in run.crashed} == {point.name for point in Failpoint} - PAYING
    crossing = {"keyMaterial", "update", "submitMessage", "notify", "groupInfo", "requestConsent", "updateConsent"}
    assert crossing < {failpoint.operation for failpoint in run.crashed}
    assert (run.sent, run.delivered) == (13, 42)


@pytest.mark.parametrize("point", Failpoint, ids=[point.name.lower() for point in Failpoint])
async def test_at_every_point(point: Failpoint) -> None:
    """Each provider crashes there once with each operation, all in one story, in which lookups are paid for."""

    def crashes(failpoint: PassedFailpoint, run: Run) -> bool:
        return failpoint.point == point.name and failpoint not in run.crashed

    run = await tell(crashes, paying=True)
    assert set(run.crashed) == {failpoint for failpoint in run.passed if failpoint.point == point.name}
    assert {failpoint.provider for failpoint in run.crashed} >= {"a.example", "b.example"}
    assert (run.sent, run.delivered) == (13, 42)
    assert run.paid >= 3
