"""Providers that crash at random points, and come back: one seed sends the same requests, whatever the machine does."""

import pytest

from simulator.drafts import registry
from simulator.scenario import NullObserver, Result, Scenario, load, run_scenario
from simulator.scenario.running.tracing import header
from simulator.trace import Recorder, Trace
from simulator.trace.comparing.canonical import Canonical, canonical
from tests.cli.process import ROOT


async def _run(scenario: Scenario, seed: int) -> Canonical:
    recorder = Recorder()
    result = await run_scenario(scenario, seed, NullObserver(), recorder)
    assert result.result is Result.passed, result
    return canonical(Trace.of_run(header(scenario, seed), recorder.events))


# Who dials one that is just coming back; whose answer is there first as the sender crashes; who acts meanwhile.
@pytest.mark.parametrize(
    ("draft", "seed"), [("mimi-protocol-06", 3), ("mimi-protocol-06", 4), ("mimi-transport-00", 8)]
)
async def test_the_same_with_the_same_seed(draft: str, seed: int) -> None:
    (scenario,) = load(
        [ROOT / "scenarios/resilience/durability.yaml"],
        parameters={"operations": 20, "crash_rate": 0.05},
        draft=registry.named(draft),
    )
    first, second = await _run(scenario, seed), await _run(scenario, seed)
    assert first.steps.keys() == second.steps.keys()
    for label, step in first.steps.items():
        assert second.steps[label].flows == step.flows
        assert second.steps[label].noticed == step.noticed
