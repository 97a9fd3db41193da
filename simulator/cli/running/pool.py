"""Several scenarios side by side, each in a process of its own, told in order all the same.

A worker reads jobs from a socket of its own and writes what came of them to it, pickled, in frames; nobody else writes
there, whatever else a Python process prints when it starts. A worker that dies is a fault of ours, and the next takes
its place.
"""

import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import trio

from simulator.cli.running.frames import HEAD, BadFrame, frame, size_of
from simulator.cli.running.jobs import Job, Ran, faulty
from simulator.drafts import registry
from simulator.import_path import import_path

_GRACE_PERIOD = 5
"""Seconds that a worker has to end its scenario in an orderly way."""
_REST = 1
"""Seconds in which what a worker has written before it ended is read."""


class Died(Exception):
    """A worker is gone, or of no use any more: what became of it."""


class Worker:
    """A process that runs jobs."""

    def __init__(self, process: trio.Process, stream: trio.SocketStream) -> None:
        self._process = process
        self._stream = stream

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
        """It imports what this process would, from the same places, and nothing before it knows these."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = await trio.lowlevel.open_process(
                    _command(theirs.fileno()),
                    stdin=subprocess.DEVNULL,
                    stdout=_where_it_prints(),
                    pass_fds=(theirs.fileno(),),
                )
            except BaseException:
                ours.close()
                raise
        return cls(process, trio.SocketStream(trio.socket.from_stdlib_socket(ours)))

    async def run(self, job: Job) -> Ran:
        """Raises Died."""
        found: list[bytes] = []

        async def ask(*, task_status: trio.TaskStatus[trio.CancelScope]) -> None:
            with trio.CancelScope() as scope:
                task_status.started(scope)
                await self._stream.send_all(frame(pickle.dumps(job)))
                found.append(await self._read(size_of(await self._read(HEAD))))
            nursery.cancel_scope.cancel()

        try:
            async with trio.open_nursery() as nursery:
                asking: trio.CancelScope = await nursery.start(ask)
                await self._process.wait()  # who has inherited its end of the socket may keep that open
                asking.deadline = trio.current_time() + _REST
            ran = pickle.loads(found[0]) if found else None  # noqa: S301 (our own process wrote it)
        except* (trio.BrokenResourceError, EOFError):
            ran = None
        except* (BadFrame, pickle.UnpicklingError):
            raise Died("wrote what is no result") from None
        if not isinstance(ran, Ran):
            raise Died(_how(await self._process.wait()))
        return ran

    async def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            chunk = await self._stream.receive_some(size - len(data))
            if not chunk:
                raise EOFError
            data += chunk
        return bytes(data)

    async def end(self) -> None:
        """End it: in an orderly way first, so that nothing of a scenario is left."""
        with trio.CancelScope(shield=True):
            if self._process.returncode is None:
                self._process.terminate()
            with trio.move_on_after(_GRACE_PERIOD):
                await self._process.wait()
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()
            await self._stream.aclose()


def _command(descriptor: int) -> list[str]:
    """A Python like this one, whose first own import is after `sys.path` is this one's; `-P`: not from where we are."""
    flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]  # as multiprocessing does
    drafts = [str(path) for path in registry.paths()]
    seldom = "from simulator.cli.garbage import collect_seldom; collect_seldom()"
    run = f"{seldom}; from simulator.cli.running.worker import main; main({descriptor}, {drafts!r})"
    deaf = "signal.signal(signal.SIGINT, signal.SIG_IGN)"  # Ctrl-C is for us, also while it is still importing
    program = f"import signal, sys; {deaf}; sys.path[:] = {import_path()!r}; {run}"
    return [sys.executable, *flags, "-P", "-c", program]


def _where_it_prints() -> int:
    """What somebody prints in a worker goes to our standard error, where there is one."""
    return 2 if sys.stderr is not None else subprocess.DEVNULL


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
