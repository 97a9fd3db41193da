"""Does a sweep: the runs that are not there yet, until all are, or its stop rule says that it has seen enough."""

import time
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from simulator.sweep.columns import axis_names
from simulator.sweep.engines import Engine, Task
from simulator.sweep.planned import Planned, PlannedRun
from simulator.sweep.results import Results
from simulator.sweep.rows import row
from simulator.sweep.tally import Tally


class Watcher(Protocol):
    """Whoever wants to see how far it is."""

    def began(self, tally: Tally, planned: int) -> None:
        """What was there already, and how many runs there are if none is left out."""
        ...

    def ended(self, row: Mapping[str, Any], tally: Tally) -> None:
        """One more."""
        ...


class Unwatched:
    """Nobody."""

    def began(self, tally: Tally, planned: int) -> None:
        """Nothing."""

    def ended(self, row: Mapping[str, Any], tally: Tally) -> None:
        """Nothing."""


async def sweep(plan: Planned, results: Results, engine: Engine, watcher: Watcher | None = None) -> Tally:
    """What there is then. Whatever ends it, what had ended is kept. The engine is open. Raises EngineLost, and
    SimulatorError where results can't be written.
    """
    watcher = watcher or Unwatched()
    tally = Tally(axis_names(results.columns), plan.stop)
    for each in results.there:
        tally.add(each)
    watcher.began(tally, len(plan))
    known = {each["key"] for each in results.there}
    under_way: dict[str, PlannedRun] = {}
    try:
        async for outcome in engine.run(_tasks(plan, known, tally, under_way)):
            kept = None if outcome.failure else plan.keep(outcome.value, results.folder)
            made = row(under_way.pop(outcome.key), outcome, time.time(), kept)
            tally.add(made)
            results.add(made)
            watcher.ended(made, tally)
            if tally.is_over:
                break
    finally:
        results.close()
    return tally


def _tasks(plan: Planned, known: set[str], tally: Tally, under_way: dict[str, PlannedRun]) -> Iterator[Task]:
    """What is to be done, decided as late as possible: what has ended meanwhile may be enough."""
    for run in plan.runs():
        if tally.is_over:
            return
        key = run.key
        if key in known or not tally.wants(run.axes):
            continue
        under_way[key] = run
        yield run.task
