"""The failures of a sweep, one of each cause made small."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.errors import SimulatorError
from simulator.scenario import Scenario
from simulator.scenario.loading.loader import load_file
from simulator.sweep.exploring.candidates import FOLDER as EXPLORED
from simulator.sweep.plan import Plan
from simulator.sweep.settings import Setting
from simulator.sweep.shrinking.shrinker import BUDGET, shrink
from simulator.trace.saving import replace_file, unwritable

FOLDER = "shrunk"
"""Where the files are, in the folder of the results."""
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


def shrink_each(
    plan: Plan, failures: Iterable[Mapping[str, Any]], folder: Path, budget: int = BUDGET
) -> Iterator[tuple[str, str]]:
    """For the first failure of each cause: the cause, and where its smaller file is, or why there is none.

    Raises SimulatorError where a file can't be written.
    """
    first: dict[str, Mapping[str, Any]] = {}
    for row in failures:
        first.setdefault(row["cause"], row)
    for number, (cause, row) in enumerate(first.items(), start=1):
        try:
            scenario = _scenario(plan, row, folder)
            shrunk = shrink(scenario, row["seed"], budget)
        except SimulatorError as error:
            yield cause, str(error)
            continue
        file = folder / FOLDER / f"{number:02}-{_NO_WORD.sub('-', cause.lower()).strip('-')[:_LONGEST]}.yaml"
        _write(file, shrunk.text)
        yield cause, f"{shrunk.steps[0]} steps shrunk to {shrunk.steps[1]} in {shrunk.runs} runs: mimi-sim run {file}"


def _scenario(plan: Plan, row: Mapping[str, Any], folder: Path) -> Scenario:
    """What a row is of. Raises SimulatorError where nobody knows any more."""
    explored = folder / EXPLORED / f"{row['key']}.yaml"
    if explored.exists():
        return load_file(explored)
    for setting in plan.settings.found:
        if _is_of(row, setting):
            return setting.scenario
    raise SimulatorError(f"run {row['key']} is of no setting of this experiment")


def _is_of(row: Mapping[str, Any], setting: Setting) -> bool:
    """Whether all axes are as a row has them, where a column's values are all of one sort."""
    return all(str(row[name]).lower() == str(value).lower() for name, value in setting.axes.items())


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(exist_ok=True)
        replace_file(file, (text.encode(),))
    except OSError as error:
        raise unwritable(file, error) from error
