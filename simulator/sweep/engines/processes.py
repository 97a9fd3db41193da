"""The engine of one machine: processes that each perform one task after the other, by trio-parallel.

Why trio-parallel (1.3) and not loky (3.7), both measured here with two workers: an empty task costs 0.19 ms with the
one and 0.20 to 0.29 ms with the other, two workers start in 0.26 s and 0.24 s before they import anything of ours. But
when a worker is killed, trio-parallel says so of the one task that it ran, with its exit status, and the others go on;
loky gives up its whole pool and all tasks that are out, and can't say which of them it was. trio-parallel works under
trio as it is and can be cancelled there; loky has threads and futures of its own. It has fewer releases a year than
loky, and little to release: 600 lines over `multiprocessing`.

Workers are forked from a server that has imported what they need (see `fork_server`), or spawned where there is none.
"""

import math
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self, TypeVar

import trio
import trio_parallel

from simulator.drafts import registry
from simulator.sweep.engines.dispatching import Died
from simulator.sweep.engines.fork_server import IS_THERE, safe_path, start_ahead
from simulator.sweep.engines.tasks import Outcome, Task, not_sent
from simulator.sweep.engines.worker_engine import WorkerEngine
from simulator.sweep.engines.worker_process import get_ready, perform_here

T = TypeVar("T")

_GRACE_PERIOD = 5
"""Seconds that a worker has to end its task in an orderly way."""
_START = trio_parallel.WorkerType.FORKSERVER if IS_THERE else trio_parallel.WorkerType.SPAWN


class Processes(WorkerEngine):
    """`workers` processes of this machine; each starts when there is a task for it. Those that are at work when the
    engine is closed get SIGTERM, which cancels their task, and SIGKILL if that takes too long.
    """

    def __init__(self, workers: int) -> None:
        super().__init__(2 * workers)
        self._workers = workers
        self._environment: Mapping[str, str] = {}

    @property
    def workers(self) -> int:
        """How many processes there are at most."""
        return self._workers

    async def open(self, stack: AsyncExitStack) -> None:
        """No process is started yet."""
        self._environment = dict(os.environ)
        start_ahead()
        stack.enter_context(safe_path())

    def start(self, nursery: trio.Nursery) -> None:
        """Somebody for each process."""
        for _ in range(self._workers):
            nursery.start_soon(self._work)

    async def _work(self) -> None:
        async with _Worker(self._environment) as worker:
            while True:
                assignment = await self.dispatcher.take()
                try:
                    outcome = await worker.perform(assignment.task, assignment.attempt)
                except Died as died:
                    assignment.run.died(assignment, str(died))
                else:
                    assignment.run.ended(outcome)


class _Worker:
    """A process, and the next one where it has died."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._open = AsyncExitStack()
        self._context: trio_parallel.WorkerContext
        self._process: BaseProcess | None = None

    async def __aenter__(self) -> Self:
        ready = partial(get_ready, [str(path) for path in registry.paths()], self._environment)
        self._context = await self._open.enter_async_context(
            trio_parallel.open_worker_context(
                idle_timeout=math.inf, init=ready, grace_period=_GRACE_PERIOD, worker_type=_START
            )
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(trio_parallel.BrokenWorkerError):  # it did not end well: it has ended
            await self._open.aclose()

    async def perform(self, task: Task, attempt: int) -> Outcome:
        """Raises Died."""
        try:
            if self._process is None or not self._process.is_alive():
                self._process = await self._start()
            outcome = await self._perform(self._process, task, attempt)
        except trio_parallel.BrokenWorkerError as error:
            self._process = None
            raise Died(_how(error.args[-1].exitcode)) from None
        except (EOFError, ConnectionError) as error:  # there is no status: it is the server that was to fork it
            self._process = None
            raise Died("could not be started: Python does not start again here") from error
        if outcome is None:  # somebody else has sent it SIGTERM
            raise Died(_how(-signal.SIGTERM))
        return outcome

    async def _start(self) -> BaseProcess:
        """Raises BrokenWorkerError."""
        await trio.to_thread.run_sync(_ignore_ctrl_c)
        pid = await self._run_sync(os.getpid)
        return next(each for each in multiprocessing.active_children() if each.pid == pid)

    async def _perform(self, process: BaseProcess, task: Task, attempt: int) -> Outcome | None:
        """Whoever is cancelled meanwhile lets the task end in an orderly way, if that does not take too long. Raises
        BrokenWorkerError.
        """
        found: Outcome | BaseException | None = None
        ended = trio.Event()

        async def ask(scope: trio.CancelScope) -> None:
            nonlocal found
            with scope:
                try:
                    found = await self._run_sync(perform_here, task, attempt)
                except trio_parallel.BrokenWorkerError as error:
                    found = error
                except Exception as error:  # whatever pickling raises: what the task raises comes as an outcome
                    found = Outcome(task.key, failure=not_sent(error))
            ended.set()

        async with trio.open_nursery() as nursery:
            scope = trio.CancelScope(shield=True)
            nursery.start_soon(ask, scope)
            try:
                await ended.wait()
            except trio.Cancelled:
                process.terminate()
                scope.deadline = trio.current_time() + _GRACE_PERIOD
                raise
        if isinstance(found, BaseException):
            raise found
        return found

    async def _run_sync(self, function: Callable[..., T], *arguments: object) -> T:
        found: T = await self._context.run_sync(
            function, *arguments, kill_on_cancel=True, limiter=trio.CapacityLimiter(1)
        )
        return found


def _ignore_ctrl_c() -> None:
    """Let processes that this thread starts be deaf to SIGINT before they import anything: that is for us. Trio keeps
    threads for a while, and takes the last one first, which starts a worker then.
    """
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # where it has to be started, it lets SIGINT through again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _how(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
