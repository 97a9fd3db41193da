"""Scenarios: files in which an author says, in the drafts' words, what happens and what must come of it.

    path -> tree (YAML with positions) -> including, variants, substitution, generating (trees from trees)
         -> reader (structs, all mistakes at once) -> loader: one Scenario for each combination of the file's matrix
    Scenario -> runner (a session, step by step) -> judging (each step settled and judged) -> report: ScenarioResult

`reading` is that whole way. `schema` is the shape of a file, `topology` that of who takes part, `entry` that of one
step. The kinds of steps live side by side in `steps/`, those of expectations in `expectations/`: one file each (struct
and `run` or `check`), one line in the union in `__init__.py`. `names` holds which names a file may use where. A step
acts through a `federation.Session` and nothing else.
"""

from simulator.scenario.loader import Scenario, Served, load, load_file, load_text, load_topology, strangers
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
    "Served",
    "StepResult",
    "load",
    "load_file",
    "load_text",
    "load_topology",
    "run_scenario",
    "strangers",
    "to_json",
]
