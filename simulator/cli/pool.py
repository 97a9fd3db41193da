"""Several scenarios side by side, each in a process of its own, told in order all the same.

A worker reads jobs from its standard input and writes what came of them to its standard output, pickled, each behind
its length in four bytes: both ends are this program. A worker that dies is a fault of ours, and the next takes its
place.
"""

import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import trio

from simulator.cli.jobs import Job, Ran, faulty

LENGTH = 4
_PATIENCE = 5
"""Seconds that a worker has to end its scenario in an orderly way."""


class Died(Exception):
    """A worker is gone, with its exit status."""


class Worker:
    """A process that runs jobs."""

    def __init__(self, process: trio.Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """How it ended, if it has."""
        return self._process.returncode

    @classmethod
    async def start(cls) -> "Worker":
        """It imports what this process would, from the same places."""
        quiet = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"  # Ctrl-C is for us, at once
        program = f"{quiet}; import sys; sys.path[:] = {sys.path!r}; from simulator.cli.worker import main; main()"
        return cls(await trio.lowlevel.open_process([sys.executable, "-c", program], stdin=-1, stdout=-1))

    async def run(self, job: Job) -> Ran:
        """Raises Died."""
        assert self._process.stdin is not None  # noqa: S101 (asked for at the start)
        try:
            await self._process.stdin.send_all(framed(job))
            size = int.from_bytes(await self._read(LENGTH), "big")
            ran: Ran = pickle.loads(await self._read(size))  # noqa: S301 (our own process wrote it)
        except (trio.BrokenResourceError, EOFError):
            raise Died(_how(await self._process.wait())) from None
        return ran

    async def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 (asked for at the start)
        data = bytearray()
        while len(data) < size:
            chunk = await self._process.stdout.receive_some(size - len(data))
            if not chunk:
                raise EOFError
            data += chunk
        return bytes(data)

    async def end(self) -> None:
        """End it: in an orderly way first, so that nothing of a scenario is left."""
        with trio.CancelScope(shield=True):
            if self._process.returncode is None:
                self._process.terminate()
            with trio.move_on_after(_PATIENCE):
                await self._process.wait()
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    await pipe.aclose()


def framed(value: Any) -> bytes:
    """A value as it travels between a worker and us."""
    data = pickle.dumps(value)
    return len(data).to_bytes(LENGTH, "big") + data


class _Order:
    """Tells of jobs in their order, and knows the first after which nothing is wanted any more."""

    def __init__(self, ended: Callable[[Ran], bool]) -> None:
        self._ended = ended
        self._waiting: dict[int, Ran] = {}
        self._next = 0
        self.over = False

    def put(self, number: int, ran: Ran) -> None:
        self._waiting[number] = ran
        while not self.over and self._next in self._waiting:
            self.over = not self._ended(self._waiting.pop(self._next))
            self._next += 1


async def run_side_by_side(jobs: Iterable[Job], workers: int, ended: Callable[[Ran], bool]) -> None:
    """Run all jobs; `ended` hears of each in their order, and says whether there is to be a next."""
    numbered = enumerate(jobs)
    order = _Order(ended)
    async with trio.open_nursery() as nursery:
        for _ in range(workers):
            nursery.start_soon(_work, numbered, order, nursery.cancel_scope)


async def _work(jobs: Iterator[tuple[int, Job]], order: _Order, scope: trio.CancelScope) -> None:
    worker: Worker | None = None
    try:
        for number, job in jobs:
            worker = worker or await Worker.start()
            try:
                ran = await worker.run(job)
            except Died as died:
                await worker.end()
                worker, ran = None, faulty(job, "worker", f"the process that ran it {died}")
            order.put(number, replace(ran, result=replace(ran.result, scenario=job.scenario)))
            if order.over:
                scope.cancel()
                return
    finally:
        if worker is not None:
            await worker.end()


def _how(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
