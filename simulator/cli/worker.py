"""The other end of `pool`: a process that runs one scenario after the other, as it is told."""

import os
import pickle
import signal
import sys
import traceback
from dataclasses import replace
from typing import BinaryIO, NoReturn

import trio

from simulator.cli.jobs import Job, Ran, run_job
from simulator.cli.pool import LENGTH, framed
from simulator.machine import MachineFailure
from simulator.scenario import Scenario, ScenarioResult, StepResult


class Elsewhere(Exception):
    """A fault in another process: its traceback as text."""


class _Nobody:
    """An observer that has no terminal."""

    def scenario_began(self, scenario: Scenario) -> None:
        pass

    def step_began(self, scenario: Scenario, number: int) -> None:
        pass

    def scenario_ended(self, result: ScenarioResult) -> None:
        pass


def main() -> NoReturn:
    """Run jobs until there are no more, or until SIGTERM."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what somebody prints must not get between the results
    while (job := _next(sys.stdin.buffer)) is not None:
        ran = trio.run(_run, job)
        if ran is None:
            break
        out.write(framed(portable(ran)))
        out.flush()
    sys.exit(0)


def _next(source: BinaryIO) -> Job | None:
    head = source.read(LENGTH)
    if len(head) < LENGTH:
        return None
    job: Job = pickle.loads(source.read(int.from_bytes(head, "big")))  # noqa: S301 (the process that started us wrote it)
    return job


async def _run(job: Job) -> Ran | None:
    """What came of it; None where SIGTERM came before."""
    ran = None
    async with trio.open_nursery() as nursery:
        await nursery.start(_stop, nursery.cancel_scope)
        ran = await run_job(job, _Nobody())
        nursery.cancel_scope.cancel()
    return ran


async def _stop(scope: trio.CancelScope, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
    with trio.open_signal_receiver(signal.SIGTERM) as signals:
        task_status.started()
        async for _ in signals:
            scope.cancel()
            return


def portable(ran: Ran) -> Ran:
    """The same with exceptions as text: not every one can be pickled, and no traceback can."""
    result = ran.result
    setup = None if result.setup is None else _as_text(result.setup)
    return replace(ran, result=replace(result, setup=setup, steps=tuple(map(_as_text, result.steps))))


def _as_text(step: StepResult) -> StepResult:
    if step.error is None or isinstance(step.error, MachineFailure):  # that is text already
        return step
    return replace(step, error=Elsewhere("\n" + "".join(traceback.format_exception(step.error)).rstrip()))
