"""Runs what a comparison needs: each scenario in each draft, side by side, whatever its file expects."""

from collections.abc import Sequence

from simulator.cli.running.jobs import Job
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import run_all
from simulator.cli.running.selecting import find
from simulator.errors import SimulatorError
from simulator.machine import MachineFailure
from simulator.scenario import Result, Scenario, ScenarioResult
from simulator.scenario.comparison import Cell, Column, Comparison
from simulator.scenario.comparison.table import columns, table

Wanted = Sequence[tuple[Column, Sequence[Scenario]]]
"""The columns, each with the scenarios that are for its draft."""


class Broken(SimulatorError):
    """The simulator itself broke in a run."""


def wanted(paths: Sequence[str], drafts: Sequence[str], waived: Sequence[str]) -> Wanted:
    """What is to be compared, see `columns`. Raises SimulatorError."""
    found = columns(drafts, waived)
    scenarios = {name: find(paths, draft=name) for name in dict.fromkeys(column.draft for column in found)}
    return [(column, scenarios[column.draft]) for column in found]


async def run_comparison(asked_for: Wanted, bar: Bar, workers: int) -> Comparison:
    """Raises Broken, MachineFailure, and Interrupted."""
    asked = [(place, each.waiving(column.waived)) for place, (column, found) in enumerate(asked_for) for each in found]
    bar.begin("attacks", len(asked))
    ran = await run_all(
        (Job(scenario, scenario.content.seed, attacks=True) for _, scenario in asked), bar, workers=workers
    )
    played = []
    for (place, scenario), each in zip(asked, ran, strict=True):
        _check(each.result)
        played.append((place, scenario, Cell(each.attacks, drawn=each.drawn)))
    return table([column for column, _ in asked_for], played, [each for _, found in asked_for for each in found])


def _check(result: ScenarioResult) -> None:
    """Raises Broken, and MachineFailure where this machine is why. That a scenario does not go on as its file
    has it is no failure here.
    """
    for step in result.failures:
        if isinstance(step.error, MachineFailure):
            raise step.error
        if step.result is Result.fault:
            raise Broken(f"{result.scenario.id}: the simulator broke at {step.name}: {step.message}")
