"""Several jobs side by side, each in a process of its own, told in order all the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from simulator.cli.running.jobs import Job, Ran, faulty
from simulator.cli.running.portable import WorkerError, run_portably
from simulator.sweep.engines import Engine, Outcome, Task


async def run_side_by_side(engine: Engine, jobs: Iterable[Job], ended: Callable[[Ran], bool]) -> None:
    """Run all jobs with an engine that is open; `ended` hears of each in their order, and says whether there is to be a
    next. A worker that dies is a fault of ours; a job whose trace is kept is not run again then, for its trace has
    begun.
    """
    out: dict[str, Job] = {}
    waiting: dict[str, Outcome] = {}
    number = 0

    def tasks() -> Iterator[Task]:
        for count, job in enumerate(jobs):
            out[str(count)] = job
            yield Task(str(count), run_portably, job, attempts=2 if job.keep is None else 1)

    async for outcome in engine.run(tasks()):
        waiting[outcome.key] = outcome
        while (key := str(number)) in waiting:
            number += 1
            if not ended(_ran(out.pop(key), waiting.pop(key))):
                return


def _ran(job: Job, outcome: Outcome) -> Ran:
    """The scenario is the one that we have, also where the result comes from elsewhere."""
    failure = outcome.failure
    if failure is None:
        ran: Ran = outcome.value
        return replace(ran, result=replace(ran.result, scenario=job.scenario))
    return faulty(job, "worker", failure.message, WorkerError(f"\n{failure.traceback}") if failure.traceback else None)
