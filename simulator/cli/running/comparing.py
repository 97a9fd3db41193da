"""Runs what a comparison needs: each scenario in each draft, side by side, whatever its file expects."""

from collections.abc import Sequence

from simulator.cli.running.jobs import Job
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import run_all
from simulator.cli.running.selecting import find
from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.machine import MachineFailure
from simulator.scenario import Result, Scenario, ScenarioResult
from simulator.scenario.comparison import Cell, Column, Comparison
from simulator.scenario.comparison.table import table
from simulator.scenario.rule_names import check_all_waivable, rules_named

Wanted = Sequence[tuple[Column, Sequence[Scenario]]]
"""The columns, each with the scenarios that are for its draft."""


class Broken(SimulatorError):
    """The simulator itself broke in a run."""


def columns(paths: Sequence[str], drafts: Sequence[str], waived: Sequence[str]) -> Wanted:
    """The drafts by name or path, all that there are where none is said; behind each the same draft without the
    `waived` rules that it has. Raises SimulatorError.
    """
    spoken = [registry.find(each) for each in dict.fromkeys(drafts)] or list(registry.known())
    rules = check_all_waivable(waived, *spoken)
    wanted: list[tuple[Column, Sequence[Scenario]]] = []
    for draft in spoken:
        found = find(paths, draft=draft.name)
        wanted.append((Column(draft.name), found))
        own = tuple(each for each in rules if rules_named(each, draft))
        if own:
            wanted.append((Column(draft.name, own), found))
    return wanted


async def run_comparison(wanted: Wanted, bar: Bar, workers: int) -> Comparison:
    """Raises Broken, MachineFailure, and Interrupted."""
    asked = [
        (place, scenario.waiving(column.waived)) for place, (column, found) in enumerate(wanted) for scenario in found
    ]
    bar.begin("attacks", len(asked))
    ran = await run_all(
        (Job(scenario, scenario.content.seed, attacks=True) for _, scenario in asked), bar, workers=workers
    )
    played = []
    for (place, scenario), each in zip(asked, ran, strict=True):
        _check(each.result)
        played.append((place, scenario, Cell(each.attacks, drawn=each.drawn)))
    return table([column for column, _ in wanted], played, [scenario for _, found in wanted for scenario in found])


def _check(result: ScenarioResult) -> None:
    """Raises Broken, and MachineFailure where this machine is why. That a scenario does not go on as its file
    has it is no failure here.
    """
    for step in result.failures:
        if isinstance(step.error, MachineFailure):
            raise step.error
        if step.result is Result.fault:
            raise Broken(f"{result.scenario.id}: the simulator broke at {step.name}: {step.message}")
