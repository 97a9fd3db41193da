"""A sweep under a bar: how far it is, and each failure as it comes."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar

import trio
from rich.progress import BarColumn, Progress, TextColumn

from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.cli.output.sweep_lines import failure_lines, verdict_line
from simulator.errors import SimulatorError
from simulator.signals import TO_END, cancel_on_signal
from simulator.sweep.columns import axis_names
from simulator.sweep.engines import Engine
from simulator.sweep.exploring import SEPARATOR
from simulator.sweep.figures import progress
from simulator.sweep.planned import Planned
from simulator.sweep.results import Results
from simulator.sweep.sweeping import Watcher, sweep
from simulator.sweep.tally import BAD, Tally

PlanT = TypeVar("PlanT", bound=Planned)


class SweepDisplay:
    """Shows failures as they come, and the bar where lines may be drawn over."""

    def __init__(self, console: TextConsole, axes: Sequence[str] = ()) -> None:
        """`axes` are the columns that make a setting."""
        self._console, self._axes = console, axes
        columns = (TextColumn("{task.description}", markup=False), BarColumn(20))
        self._progress = Progress(*columns, console=console.rich, transient=True, disable=not console.is_animated)
        self._bar = self._progress.add_task("", total=None)
        self._began, self._there = time.monotonic(), 0
        self.tally: Tally | None = None
        self.planned = 0
        self.reached: int | None = None
        """How many things an exploration has reached in new runs."""

    def __enter__(self) -> "SweepDisplay":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def began(self, tally: Tally, planned: int) -> None:
        """What is there already."""
        self.tally, self.planned, self._there, self._began = tally, planned, tally.runs, time.monotonic()
        if tally.runs:
            self._console.show(f"{tally.runs} of {planned} runs are there already")
        self._progress.update(self._bar, total=planned, completed=tally.runs, description=self.said)

    def ended(self, row: Mapping[str, Any], tally: Tally) -> None:
        """One more."""
        if row["verdict"] in BAD:
            for line in failure_lines(row, self._axes):
                self._console.show(line)
        if "reached" in row:
            new = row["reached"].split(SEPARATOR) if row["reached"] else []
            self.reached = (self.reached or 0) + len(new)
        self._progress.update(self._bar, completed=tally.runs, description=self.said)

    @property
    def said(self) -> str:
        """How far it is."""
        runs = self.tally.runs if self.tally else 0
        if self.reached is not None:
            return f"{runs} run{'s' if runs != 1 else ''}, {self.reached} things reached"
        return progress(runs, self.planned, runs - self._there, time.monotonic() - self._began)


async def run_sweep(
    plan: PlanT,
    results: Results,
    engine: Engine,
    display: SweepDisplay,
    done: Callable[[PlanT, Results, Engine, Watcher], Awaitable[Tally]] = sweep,
) -> bool:
    """Do it as `done` does. Whether it came to its end: False where SIGINT or SIGTERM ended it, what had ended being
    kept. A second signal ends the process on the spot. Raises EngineLost, and SimulatorError where results can't be
    written.
    """
    complete = False
    broken: list[SimulatorError] = []
    async with trio.open_nursery() as nursery:
        await nursery.start(cancel_on_signal, nursery.cancel_scope, TO_END, Exit.interrupted)
        try:
            async with engine:
                await done(plan, results, engine, display)
            complete = True
        except SimulatorError as error:
            broken.append(error)  # alone, and not in the nursery's group
        nursery.cancel_scope.cancel()
    for each in broken:
        raise each
    return complete


def run_displayed(
    plan: PlanT,
    results: Results,
    engine: Engine,
    done: Callable[[PlanT, Results, Engine, Watcher], Awaitable[Tally]] = sweep,
) -> Exit:
    """Do it under a bar, and say at its end what it has come to. Raises EngineLost, and SimulatorError where results
    can't be written.
    """
    console = TextConsole()
    with SweepDisplay(console, axis_names(results.columns)) as display:
        complete = trio.run(run_sweep, plan, results, engine, display, done)
    tally = display.tally
    console.show(verdict_line(tally.verdicts if tally else {}, display.said))
    if not complete:
        complain("interrupted: what has ended is kept, and the same command goes on")
        return Exit.interrupted
    if tally is None or not tally.failures:
        return Exit.passed
    return Exit.fault if "fault" in tally.verdicts else Exit.failed
