"""Scenarios: files in which an author says, in the drafts' words, what happens and what must come of it.

    path -> tree (YAML with positions) -> reader (structs, all mistakes at once) -> loader: Scenario
    Scenario -> runner (a session, step by step) -> judging (each step settled and judged) -> report: ScenarioResult

`schema` is the shape of a file, `entry` that of one step. The kinds of steps live side by side in `steps/`, those of
expectations in `expectations/`: one file each (struct and `run` or `check`), one line in the union in `__init__.py`.
`names` holds which names a file may use where. A step acts through a `federation.Session` and nothing else.
"""

from simulator.scenario.loader import Scenario, load, load_file
from simulator.scenario.problems import Problem, ScenarioFileError
from simulator.scenario.report import Result, ScenarioResult, StepResult, to_json
from simulator.scenario.runner import Observer, run_scenario
from simulator.scenario.step import Mismatch

__all__ = [
    "Mismatch",
    "Observer",
    "Problem",
    "Result",
    "Scenario",
    "ScenarioFileError",
    "ScenarioResult",
    "StepResult",
    "load",
    "load_file",
    "run_scenario",
    "to_json",
]
