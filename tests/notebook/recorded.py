"""Traffic for the tests of this room: by hand, and of a real run with an attack in it."""

from functools import cache
from pathlib import Path

import trio

from simulator.drafts.dissection import dissector
from simulator.notebook.traffic import Traffic
from simulator.scenario import Scenario, ScenarioResult, load_file, run_scenario
from simulator.scenario.tracing import header
from simulator.trace import Recorder, Trace

ATTACK = Path(__file__).parents[2] / "scenarios/malicious/forwarded-deliver-message.yaml"


class _Nobody:
    def scenario_began(self, scenario: Scenario) -> None:
        pass

    def step_began(self, scenario: Scenario, number: int) -> None:
        pass

    def scenario_ended(self, result: ScenarioResult) -> None:
        pass


@cache
def attack() -> Traffic:
    """m.example forwards to c.example what a.example sent to it; c.example refuses."""
    scenario, recorder = load_file(ATTACK), Recorder(wire=True)
    trio.run(run_scenario, scenario, None, _Nobody(), recorder)
    return Traffic(Trace(header(scenario, 1), recorder.events, dissector(scenario.topology.draft)))
