"""Runs what a comparison needs: each scenario in each draft, side by side, whatever its file expects."""

from typing import TYPE_CHECKING

from simulator.cli.running.jobs import Job, Ran
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import run_all
from simulator.machine import MachineFailure
from simulator.scenario import Result, ScenarioResult
from simulator.scenario.comparison import Cell, Comparison, Plan

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker


async def run_comparison(wanted: Plan, engine: "EngineMaker | None", bar: Bar) -> tuple[Comparison, tuple[str, ...]]:
    """The table, and how the simulator itself broke in runs: a sentence each. Raises MachineFailure, Interrupted and
    EngineLost."""
    bar.begin("attacks", len(wanted.scenarios))
    jobs = [Job(scenario, scenario.content.seed, attacks=True) for scenario in wanted.scenarios]
    ran = await run_all(jobs, bar, engine=engine)
    broken = [_broken(each.result) for each in ran]
    cells = [_cell(each, why) for each, why in zip(ran, broken, strict=True)]
    return wanted.table(cells), tuple(why for why in broken if why)


def _cell(ran: Ran, broken: str) -> Cell:
    return Cell(missing=broken) if broken else Cell(ran.attacks, drawn=ran.drawn)


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
