"""Clocks jump both ways, and answers lie about when to come again: nothing that was accepted is lost, doubled or
swapped, and it arrives in a bounded time once clocks are right.
"""

from random import Random

import pytest

from simulator.federation import Session
from tests.durability.crashes import PassedFailpoint, Run, never, tell
from tests.durability.hostile_time import HostileTime


@pytest.mark.parametrize("seed", range(1, 3))
async def test_in_a_hostile_time(seed: int) -> None:
    run = await tell(never, time=lambda session: HostileTime(session, Random(seed), apart=20))
    assert run.jumps >= 10
    assert run.lies >= 10
    assert (run.sent, run.delivered) == (13, 42)


@pytest.mark.parametrize("seed", range(5, 7))
async def test_with_crashes_besides(seed: int) -> None:
    """A clock that is wrong stays so over the crash of its provider. In every second story tokens pay for lookups."""
    random = Random(seed)

    def crashes(failpoint: PassedFailpoint, run: Run) -> bool:
        return random.randrange(60) == 0

    def time(session: Session) -> HostileTime:
        return HostileTime(session, Random(f"time {seed}"), apart=30)

    run = await tell(crashes, seed=seed, time=time, paying=seed % 2 == 0)
    assert len(run.crashed) >= 3
    assert run.jumps >= 5
    assert (run.sent, run.delivered) == (13, 42)
