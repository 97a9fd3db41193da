"""Runs what a comparison needs: each scenario in each draft, side by side, whatever its file expects."""

from collections.abc import Sequence

from simulator.cli.running.jobs import Job
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import run_all
from simulator.cli.running.selecting import find
from simulator.machine import MachineFailure
from simulator.scenario import Result, Scenario, ScenarioResult
from simulator.scenario.comparison import Cell, Column, Comparison
from simulator.scenario.comparison.table import columns, table

Wanted = Sequence[tuple[Column, Sequence[Scenario]]]
"""The columns, each with the scenarios that are for its draft."""


def wanted(paths: Sequence[str], drafts: Sequence[str], waived: Sequence[str]) -> Wanted:
    """What is to be compared, see `columns`. Raises SimulatorError."""
    found = columns(drafts, waived)
    spoken = dict.fromkeys(column.draft for column in found)
    scenarios = {name: find(paths, draft=name, of_other_drafts=True) for name in spoken}
    return [(column, scenarios[column.draft]) for column in found]


async def run_comparison(asked_for: Wanted, bar: Bar, workers: int) -> tuple[Comparison, tuple[str, ...]]:
    """The table, and how the simulator itself broke in runs: a sentence each. Raises MachineFailure and Interrupted."""
    asked, played = [], []
    for place, (column, scenarios) in enumerate(asked_for):
        asked += [(place, each.waiving(column.waived)) for each in scenarios if not each.unsupported]
        played += [(place, each, Cell(missing=each.unsupported)) for each in scenarios if each.unsupported]
    bar.begin("attacks", len(asked))
    ran = await run_all(
        (Job(scenario, scenario.content.seed, attacks=True) for _, scenario in asked), bar, workers=workers
    )
    broken = []
    for (place, scenario), each in zip(asked, ran, strict=True):
        why = _broken(each.result)
        broken += [why] if why else []
        played.append((place, scenario, Cell(missing=why) if why else Cell(each.attacks, drawn=each.drawn)))
    found = table([column for column, _ in asked_for], played, [each for _, found in asked_for for each in found])
    return found, tuple(broken)


def _broken(result: ScenarioResult) -> str:
    """How the simulator itself broke, if it did. Raises MachineFailure where this machine is why. That a scenario does
    not go on as its file has it is no failure here.
    """
    for step in result.failures:
        if isinstance(step.error, MachineFailure):
            raise step.error
        if step.result is Result.fault:
            return f"{result.scenario.id}: the simulator broke at {step.name}: {step.message}"
    return ""
