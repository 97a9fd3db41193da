"""What a run has shown can be written down, and read again."""

import json

import pytest

from simulator.machine import MachineFailure
from simulator.scenario import Result, ScenarioResult, StepResult
from simulator.scenario.ablation import Tried
from tests.scenario.ablation.found import ran, tried


@pytest.mark.parametrize(
    "shown",
    [
        tried("one", {}),
        tried("one", {3: ("R", "A"), 0: ("B",)}, fails="it | did <b>", let=("R",)),
        tried("one", {1: ("R",)}, faults="KeyError: 3"),
    ],
)
def test_it_is_the_same_after_json(shown: Tried) -> None:
    assert Tried.of_json(shown.scenario, json.loads(json.dumps(shown.to_json()))) == shown


@pytest.mark.parametrize("found", [{}, {"notice": 1, "broken": {}, "let_through": []}, {"notice": None, "broken": []}])
def test_what_is_none_is_an_error(found: dict) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        Tried.of_json(tried("one", {}).scenario, found)


def test_a_machine_that_can_not_run_it_shows_nothing() -> None:
    made = ran("one", {})
    failed = StepResult("start", 1, Result.fault, "no room", error=MachineFailure("no room"))
    with pytest.raises(MachineFailure):
        Tried.of(made.scenario, ScenarioResult(made.scenario, 1, 0.1, made.steps, 3, failed))
