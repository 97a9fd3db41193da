"""Explores: candidate after candidate, until so many in a row have reached nothing new."""

import time
from collections.abc import Iterator, Mapping
from itertools import count, islice
from random import Random
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario import Result
from simulator.sweep.columns import axis_names
from simulator.sweep.engines import Engine, Outcome, Task
from simulator.sweep.exploring.candidates import FOLDER, Candidate
from simulator.sweep.exploring.corpus import Corpus
from simulator.sweep.exploring.explored_run import FUNCTION
from simulator.sweep.one_run import RunRequest
from simulator.sweep.plan import Plan
from simulator.sweep.results import Results
from simulator.sweep.rows import row
from simulator.sweep.sweeping import Watcher, carry_out
from simulator.sweep.tally import BAD, Tally
from simulator.trace.saving import replace_file, unwritable

SEPARATOR = "; "
"""Between the things that a run was the first to reach, in its row."""


_PER_WORKER = 1
"""How many runs are under way for each worker. What leads on is what has ended, so that each more is decided by an
older state: a cluster would take up to 64 in one batch. A worker waits for its next run, as long as a message takes.
"""


async def explore(plan: Plan, results: Results, engine: Engine, watcher: Watcher | None = None) -> Tally:
    """What there is then. Whatever ends it, what had ended is kept, and is known the next time; what led there is not
    gone on from then. The engine is open. Raises EngineLost, and SimulatorError where results can't be written.
    """
    return await carry_out(_Exploration.begin(plan, results), results, engine, watcher, per_worker=_PER_WORKER)


@dataclass(slots=True)
class _Exploration:
    plan: Plan
    results: Results
    tally: Tally
    corpus: Corpus
    under_way: dict[str, Candidate]
    quiet: int = 0
    """So many in a row have reached nothing new."""

    @classmethod
    def begin(cls, plan: Plan, results: Results) -> "_Exploration":
        tally = Tally(axis_names(results.columns), plan.experiment.stop)
        random = Random(f"explore {len(results.there)}")  # noqa: S311 (all of it is to come again)
        corpus = Corpus(plan.settings.found, random, (results.folder / FOLDER).as_posix())
        exploration = cls(plan, results, tally, corpus, {})
        for each in results.there:
            tally.add(each)
            new = [word for word in (each["reached"] or "").split(SEPARATOR) if word]
            corpus.known.update(new)
            exploration.quiet = 0 if new else exploration.quiet + 1
        return exploration

    @property
    def planned(self) -> int:
        return self.tally.runs

    @property
    def is_over(self) -> bool:
        assert self.plan.experiment.explore is not None  # noqa: S101 (who explores says so)
        return self.tally.is_over or self.quiet >= self.plan.experiment.explore

    def tasks(self) -> Iterator[Task]:
        """Decided as late as possible: what has ended meanwhile leads further. Each has a seed of its own."""
        for seed in islice(self.plan.experiment.seeds or count(1), self.tally.runs, None):
            if self.is_over:
                return
            candidate = self.corpus.next(seed)
            self.under_way[candidate.key] = candidate
            yield Task(candidate.key, FUNCTION, RunRequest(candidate.scenario(), candidate.seed, _values(candidate)))

    def ended(self, outcome: Outcome) -> Mapping[str, Any]:
        """Learn from it; its row. Raises SimulatorError where its file can't be written."""
        candidate = self.under_way.pop(outcome.key)
        found = {} if outcome.failure else outcome.value
        passed = found.get("verdict") == Result.passed.value
        new = self.corpus.learn(candidate, passed, found.pop("reached", {}), found.pop("drawn", ()))
        made = {**row(candidate, outcome, time.time()), "reached": SEPARATOR.join(new) or None}
        self.quiet = 0 if new else self.quiet + 1
        self.tally.add(made)
        if candidate.data is not None and made["verdict"] in BAD:
            self._write(candidate)
        return made

    def _write(self, candidate: Candidate) -> None:
        folder = self.results.folder / FOLDER
        try:
            folder.mkdir(exist_ok=True)
            replace_file(folder / f"{candidate.key}.yaml", (candidate.text.encode(),))
        except OSError as error:
            raise unwritable(folder, error) from error


def _values(candidate: Candidate) -> Mapping[str, Any]:
    """What is measured at the end, where that is the setting's own: expectations may be about its steps."""
    return candidate.setting.values if candidate.data is None else {}
