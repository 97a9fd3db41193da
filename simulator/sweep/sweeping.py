"""Does runs until their source has no more: a sweep's are those that are not there yet, until all are, or its stop rule
says that it has seen enough.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from simulator.sweep.columns import axis_names
from simulator.sweep.engines import Engine, Outcome, Task
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


class Source(Protocol):
    """Where runs come from, and who listens to what came of them."""

    @property
    def tally(self) -> Tally:
        """What there is so far."""
        ...

    @property
    def planned(self) -> int:
        """How many runs there are if none is left out; as many as there are already where nobody knows."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether no more is wanted."""
        ...

    def tasks(self) -> Iterator[Task]:
        """What is to be done, decided as late as possible: what has ended meanwhile may be enough or lead on."""
        ...

    def ended(self, outcome: Outcome) -> Mapping[str, Any]:
        """The row of a task that has ended, counted in the tally. Raises SimulatorError for what can't be written."""
        ...


async def carry_out(
    source: Source, results: Results, engine: Engine, watcher: Watcher | None = None, *, per_worker: int | None = None
) -> Tally:
    """What there is when the source has no more, or wants none. Whatever ends it, what had ended is kept. The engine is
    open, and has at most `per_worker` runs for each worker under way (None: as many as keep it busy). Raises
    EngineLost, and SimulatorError where results can't be written.
    """
    watcher = watcher or Unwatched()
    watcher.began(source.tally, source.planned)
    try:
        async for outcome in engine.run(source.tasks(), per_worker=per_worker):
            made = source.ended(outcome)
            results.add(made)
            watcher.ended(made, source.tally)
            if source.is_over:
                break
    finally:
        results.close()
    return source.tally


async def sweep(plan: Planned, results: Results, engine: Engine, watcher: Watcher | None = None) -> Tally:
    """Do the runs of a plan that are not there yet. As `carry_out`."""
    return await carry_out(_Runs(plan, results), results, engine, watcher)


class _Runs:
    """Those of a plan, in its order."""

    def __init__(self, plan: Planned, results: Results) -> None:
        self._plan, self._folder = plan, results.folder
        self._known = {each["key"] for each in results.there}
        self._under_way: dict[str, PlannedRun] = {}
        self.tally = Tally(axis_names(results.columns), plan.stop)
        for each in results.there:
            self.tally.add(each)

    @property
    def planned(self) -> int:
        return len(self._plan)

    @property
    def is_over(self) -> bool:
        return self.tally.is_over

    def tasks(self) -> Iterator[Task]:
        for run in self._plan.runs():
            if self.is_over:
                return
            key = run.key
            if key in self._known or not self.tally.wants(run.axes):
                continue
            self._under_way[key] = run
            yield run.task

    def ended(self, outcome: Outcome) -> Mapping[str, Any]:
        kept = None if outcome.failure else self._plan.keep(outcome.value, self._folder)
        made = row(self._under_way.pop(outcome.key), outcome, time.time(), kept)
        self.tally.add(made)
        return made
