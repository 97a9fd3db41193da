"""The other end of `pool`: a process that runs one scenario after the other, as it is told."""

import os
import pickle
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NoReturn

import trio

from simulator.cli.running.frames import HEAD, frame, size_of
from simulator.cli.running.jobs import Job, Ran, run_job
from simulator.drafts import registry
from simulator.errors import SimulatorWarning
from simulator.machine import MachineFailure
from simulator.scenario import NullObserver, StepResult


class WorkerError(Exception):
    """A fault in another process: its traceback as text."""


def main(descriptor: int, drafts: Sequence[str]) -> NoReturn:
    """Run jobs that come over the socket `descriptor` until there are no more, or until SIGTERM. `drafts` are the paths
    of those that are not installed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us, at once
    os.set_inheritable(descriptor, False)
    warnings.simplefilter("ignore", SimulatorWarning)  # who started us has said the same
    for path in drafts:
        registry.add(Path(path))
    with socket.socket(fileno=descriptor) as ours, ours.makefile("rb") as source:
        try:
            while (job := _next(source)) is not None:
                ran = trio.run(_run, job)
                if ran is None:
                    break
                ours.sendall(frame(pickle.dumps(portable(ran))))
        except (BrokenPipeError, ConnectionResetError):
            pass  # nobody wants to know any more
    sys.exit(0)


def _next(source: BinaryIO) -> Job | None:
    head = source.read(HEAD)
    if len(head) < HEAD:
        return None
    job: Job = pickle.loads(source.read(size_of(head)))  # noqa: S301 (the process that started us wrote it)
    return job


async def _run(job: Job) -> Ran | None:
    """What came of it; None where SIGTERM came before."""
    ran = None
    async with trio.open_nursery() as nursery:
        await nursery.start(_stop, nursery.cancel_scope)
        ran = await run_job(job, NullObserver())
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
    return replace(step, error=WorkerError("\n" + "".join(traceback.format_exception(step.error)).rstrip()))
