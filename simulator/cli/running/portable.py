"""What came of a job, as something that another process can be given."""

import traceback
from dataclasses import replace

from simulator.cli.running.jobs import Job, Ran, run_job
from simulator.machine import MachineFailure
from simulator.scenario import NullObserver, StepResult


class WorkerError(Exception):
    """A fault in another process: its traceback as text."""


async def run_portably(job: Job) -> Ran:
    """The function of a task: what came of a job, wherever it is run."""
    return portable(await run_job(job, NullObserver()))


def portable(ran: Ran) -> Ran:
    """The same with exceptions as text: not every one can be pickled, and no traceback can."""
    result = ran.result
    setup = None if result.setup is None else _as_text(result.setup)
    return replace(ran, result=replace(result, setup=setup, steps=tuple(map(_as_text, result.steps))))


def _as_text(step: StepResult) -> StepResult:
    if step.error is None or isinstance(step.error, MachineFailure):  # that is text already
        return step
    return replace(step, error=WorkerError("\n" + "".join(traceback.format_exception(step.error)).rstrip()))
