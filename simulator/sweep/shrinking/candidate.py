"""Data that may be a scenario once more."""

from collections.abc import Mapping
from typing import Any

from simulator.scenario import Scenario, ScenarioFileError
from simulator.scenario.loading.loader import load_text
from simulator.sweep.shrinking.scenario_text import step_a_line

Data = dict[str, Any]
"""A scenario file, spelled out."""

_NAME = "shrinking.yaml"
_ROUNDS = 20
"""A step that goes may take others with it, and these others again."""


def scenario(data: Mapping[str, Any], name: str = _NAME) -> Scenario:
    """What the data is as a file of that name. Raises ScenarioFileError."""
    return load_text(step_a_line(data)[0], name)[0]


def meaningful(data: Data) -> Data | None:
    """The data without the steps that mean nothing, since what they are about is no more; None if it is no scenario
    even so.

    Who says so is the loader: whatever names, groups and results a step may mention, only it knows.
    """
    for _ in range(_ROUNDS):
        text, first = step_a_line(data)
        try:
            load_text(text, _NAME)
        except ScenarioFileError as error:
            lines = {problem.span.line - first for problem in error.problems if problem.span is not None}
            steps = data["steps"]
            if not lines or not lines <= set(range(len(steps))):
                return None
            data = {**data, "steps": [step for number, step in enumerate(steps) if number not in lines]}
        else:
            return data if data["steps"] else None
    return None
