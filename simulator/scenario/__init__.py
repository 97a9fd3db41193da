"""Scenarios: files in which an author says, in the drafts' words, what happens and what must come of it.

    path -> loading -> Scenario -> running -> report: ScenarioResult -> coverage

`schema` is the shape of a file, `topology` that of who takes part, `entry` that of one step. The kinds of steps live
side by side in `steps/`, those of expectations in `expectations/`: one file each (struct and `run` or `check`), and one
line in the union in `__init__.py`. `names` holds which names a file may use where. A step acts through a
`federation.Session` and nothing else.

What a draft and RFC 9420 demand is in `demands`; what files claim to cover in `claims`; what is seen of it in a step,
by what was refused and by evidence, in `seen`. `coverage` puts the three together. `at_stake` is what is broken where a
scenario fails.
"""

from simulator.scenario.loading.loader import (
    Scenario,
    Served,
    external_providers,
    is_about,
    load,
    load_file,
    load_text,
    load_topology,
)
from simulator.scenario.loading.problems import Problem, ScenarioFileError
from simulator.scenario.report import Result, ScenarioResult, StepResult, to_json
from simulator.scenario.running.runner import NullObserver, Observer, run_scenario
from simulator.scenario.step import Mismatch

__all__ = [
    "Mismatch",
    "NullObserver",
    "Observer",
    "Problem",
    "Result",
    "Scenario",
    "ScenarioFileError",
    "ScenarioResult",
    "Served",
    "StepResult",
    "external_providers",
    "is_about",
    "load",
    "load_file",
    "load_text",
    "load_topology",
    "run_scenario",
    "to_json",
]
