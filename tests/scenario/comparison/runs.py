"""Small scenarios, played for their attacks."""

from collections.abc import Sequence

from simulator.scenario import ScenarioResult, run_scenario
from simulator.scenario.comparison import Attack, Playing
from simulator.trace import Recorder
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, Silent, scenario

IN_A_TEAM = TEAM


async def played(
    steps: str, head: str = TOPOLOGY, *, waived: Sequence[str] = ()
) -> tuple[tuple[Attack, ...], ScenarioResult]:
    """What came of the attacks, and of the run."""
    recorder, playing = Recorder(), Playing()
    result = await run_scenario(scenario(steps, head).waiving(waived), None, Silent(), recorder, playing)
    return playing.attacks(recorder.events, result), result
