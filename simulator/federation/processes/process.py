"""A process of a federation, as whoever acts in the federation sees it: told what to do, asked what there is."""

import pickle
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import field
from itertools import count
from typing import Any

import trio

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.federation.processes.failure import Failure
from simulator.federation.processes.messages import SHARE, Call, Cancel, Close, Fault, News, Reply, Share, Target
from simulator.federation.processes.wire import Stream, ask, packed
from simulator.import_path import import_path
from simulator.machine import MachineFailure
from simulator.trace import Recorded

GRACE_SECONDS = 5.0
"""In which a process ends in an orderly way."""
LOOK_SECONDS = 60.0
"""For an answer that everything else waits for: a process that takes longer is of no use any more."""


@dataclass(slots=True)
class _Waiting:
    over: trio.Event = field(default_factory=trio.Event)
    reply: Reply | None = None


class Process:
    """One process, which runs one share after the other."""

    def __init__(self, process: trio.Process, acts: Stream, looks: socket.socket) -> None:
        self.names: tuple[str, ...] = ()
        """The providers that are in it, or were last."""
        self.is_open = False
        """Whether it runs a share."""
        self.on_news: Callable[[str, News], None] = lambda _client, _news: None
        self.on_fault: Callable[[str, Exception], None] = lambda _provider, _error: None
        """Called with what has gone wrong at a provider; with each that was in it, once it is gone."""
        self.on_gone: Callable[[str], None] = self._blame
        """Called with how it ended, once it is gone without having been asked to."""
        self.ended = trio.Event()
        """Set then."""
        self._process = process
        self._acts = acts
        self._looks = looks
        self._numbers = count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._outgoing, self._messages = trio.open_memory_channel[bytes](sys.maxsize)
        self._gone: str | None = None
        self._carrying = trio.CancelScope(shield=True)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_gone(self) -> bool:
        """Whether nothing can be asked of it any more."""
        return self._gone is not None or self._carrying.cancel_called

    @classmethod
    async def start(cls) -> "Process":
        """It imports what this process would, from the same places."""
        pairs = [socket.socketpair() for _ in range(2)]
        ours, theirs = zip(*pairs, strict=True)
        try:
            process = await trio.lowlevel.open_process(
                _command([each.fileno() for each in theirs]),
                stdin=subprocess.DEVNULL,
                stdout=2 if sys.stderr is not None else subprocess.DEVNULL,  # the other is for our own output
                pass_fds=[each.fileno() for each in theirs],
            )
        except BaseException:
            for each in ours:
                each.close()
            raise
        finally:
            for each in theirs:
                each.close()
        acts, looks = ours
        looks.settimeout(LOOK_SECONDS)
        return cls(process, Stream(trio.SocketStream(trio.socket.from_stdlib_socket(acts))), looks)

    async def run(self) -> None:
        """Carry messages, until `end`: whoever is cancelled may still have something to say to it."""
        with self._carrying:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._send)
                with suppress(EOFError, trio.BrokenResourceError, trio.ClosedResourceError, pickle.UnpicklingError):
                    while True:
                        self._hear(await self._acts.receive())
                nursery.cancel_scope.cancel()
            await self._mourn()

    async def open(self, share: Share) -> Mapping[str, Any]:
        """Run a share: the addresses of its names. Raises what starting it raises, and MachineFailure."""
        self.names = tuple(spec.name for spec in share.topology.providers if spec.external is None)
        try:
            addresses: Mapping[str, Any] = await self._told(0, share)
        except trio.Cancelled:
            self.terminate()  # what it still says is of a share that nobody wants
            raise
        self.is_open = True
        return addresses

    async def close(self) -> Recorded:
        """End the share; what was recorded last. Raises MachineFailure."""
        self.is_open = False
        recorded: Recorded = await self._told(0, Close())
        return recorded

    async def act(self, target: Target, path: tuple[str, ...], *arguments: Any, known: int = 0, **keywords: Any) -> Any:
        """Have something done, while others go on. Raises what it raises there, and MachineFailure."""
        number = next(self._numbers)
        return await self._told(number, Call(number, target, path, arguments, keywords, known))

    def look(
        self,
        target: Target,
        path: tuple[str, ...],
        arguments: tuple[Any, ...] | None = None,
        keywords: Mapping[str, Any] | None = None,
        *,
        known: int = 0,
    ) -> Any:
        """Look up an attribute, or what it returns if there are `arguments`; nobody here does anything meanwhile. For
        what takes no time. Raises what it raises there, and MachineFailure.
        """
        self._check()
        call = packed(Call(0, target, path, arguments, keywords or {}, known))
        try:
            return self._result(ask(self._looks, call))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._process.kill()  # whatever it still says would be the answer to another question
            late = isinstance(error, TimeoutError)
            why = f"did not answer for {LOOK_SECONDS:g} s" if late else _how(self._process.returncode)
            raise MachineFailure(self._sentence(why)) from error

    def tell(self, target: Target, path: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
        """As `look`, for what is told to all. Who is gone, perhaps just now, need not know: that it is, is noted."""
        if not self.is_gone:
            with suppress(MachineFailure):
                self.look(target, path, arguments)

    def processor_seconds(self) -> float:
        """What it has taken of the processor so far. Raises MachineFailure."""
        return float(self.look((SHARE, ""), ("processor_seconds",), ()))

    def terminate(self) -> None:
        """Ask it to end. Nobody is told that it is gone then: that is as it should be."""
        self._carrying.cancel()
        if self._process.returncode is None:
            self._process.terminate()

    def kill(self) -> None:
        """End it at once (SIGKILL), in the midst of whatever it does. May be called from any thread."""
        self._process.kill()

    async def end(self) -> None:
        """See it end: in an orderly way, or else by force."""
        with trio.CancelScope(shield=True):
            self.terminate()
            with trio.move_on_after(GRACE_SECONDS):
                await self._process.wait()
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()
            await self._acts.aclose()
            self._looks.close()

    async def _told(self, number: int, message: object) -> Any:
        self._check()
        waiting = self._waiting[number] = _Waiting()
        self._outgoing.send_nowait(packed(message))
        try:
            await waiting.over.wait()
        except trio.Cancelled:
            if self._waiting.pop(number, None) is not None and number:
                self._outgoing.send_nowait(packed(Cancel(number)))
            raise
        if waiting.reply is None:
            raise MachineFailure(self._gone or self._sentence("was ended"))
        return self._result(waiting.reply)

    def _result(self, reply: Reply) -> Any:
        self._learn(reply)
        if isinstance(reply.value, Failure):
            raise reply.value.error()
        return reply.value

    def _learn(self, reply: Reply) -> None:
        for client, news in reply.news.items():
            self.on_news(client, news)

    def _hear(self, message: Reply | Fault) -> None:
        if isinstance(message, Fault):
            self.on_fault(message.provider, message.failure.error())
            return
        waiting = self._waiting.pop(message.number, None)
        if waiting is not None:
            waiting.reply = message
            waiting.over.set()

    async def _send(self) -> None:
        with suppress(trio.BrokenResourceError, trio.ClosedResourceError):
            async for message in self._messages:
                await self._acts.send(message)

    async def _mourn(self) -> None:
        """It said nothing more: tell everybody who waits for it, and whose providers are gone."""
        with trio.move_on_after(GRACE_SECONDS):
            await self._process.wait()
        self._gone = self._sentence(_how(self._process.returncode))
        for waiting in self._waiting.values():
            waiting.over.set()
        self._waiting.clear()
        self.on_gone(self._gone)
        self.ended.set()

    def _blame(self, how: str) -> None:
        for name in self.names:
            self.on_fault(name, MachineFailure(how))

    def _check(self) -> None:
        if self.is_gone:
            raise MachineFailure(self._gone or self._sentence("was ended"))

    def _sentence(self, how: str) -> str:
        return f"the process of {', '.join(self.names) or 'no provider'} {how}"


class Processes:
    """As many as are needed, each started when it is, and again after it has died."""

    def __init__(self, most: int, nursery: trio.Nursery) -> None:
        self.most = most
        """How many there are at most."""
        self._nursery = nursery
        self._started: dict[int, Process] = {}

    async def at(self, place: int) -> Process:
        """The process of this number, from 0."""
        found = self._started.get(place)
        if found is not None and found.is_gone:
            await found.end()
            found = None
        if found is None:
            found = self._started[place] = await Process.start()
            self._nursery.start_soon(found.run)
        return found

    async def end(self) -> None:
        """See all of them end."""
        for process in self._started.values():
            process.terminate()
        for process in self._started.values():
            await process.end()


@asynccontextmanager
async def running_processes(most: int) -> AsyncIterator[Processes]:
    """Processes for federations, one after the other; at the end of the `async with` block none is left."""
    async with trio.open_nursery() as nursery:
        processes = Processes(most, nursery)
        try:
            yield processes
        finally:
            await processes.end()
            nursery.cancel_scope.cancel()


def _command(descriptors: list[int]) -> list[str]:
    """A Python like this one, whose first own import is after `sys.path` is this one's; `-P`: not from where we are."""
    flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]  # as multiprocessing does
    arguments = ", ".join(map(repr, [*descriptors, [str(path) for path in registry.paths()]]))
    deaf = "signal.signal(signal.SIGINT, signal.SIG_IGN)"  # Ctrl-C is for us, also while it is still importing
    seldom = "from simulator.garbage import collect_seldom; collect_seldom()"
    run = f"{seldom}; from simulator.federation.processes.worker import main; main({arguments})"
    return [sys.executable, *flags, "-P", "-c", f"import signal, sys; {deaf}; sys.path[:] = {import_path()!r}; {run}"]


def _how(status: int | None) -> str:
    if status is None:
        return "says nothing any more"
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
