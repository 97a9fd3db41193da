"""Small scenarios, played for their attacks."""

from collections.abc import Sequence

from simulator.scenario import ScenarioResult
from simulator.scenario.comparison import Attack, play
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, Silent, scenario

IN_A_TEAM = TEAM


async def played(
    steps: str, head: str = TOPOLOGY, *, waived: Sequence[str] = ()
) -> tuple[tuple[Attack, ...], ScenarioResult]:
    """What came of the attacks, and of the run."""
    found = await play(scenario(steps, head).waiving(waived), None, Silent())
    return found.attacks, found.result
