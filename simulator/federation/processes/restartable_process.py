"""A process that may be killed at any moment, and is started again."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import trio

from simulator.federation.processes.messages import PROVIDER, SHARE, News, Share, Target
from simulator.federation.processes.process import Process, Processes
from simulator.machine import MachineFailure
from simulator.net import Address, Unreachable
from simulator.provider import ProviderCrashed, WorkTracker
from simulator.trace import Recorded


class RestartableProcess(Process):
    """One share in one process after the other: the next is started when the one before was killed by us. Who wants
    something done waits for it; what is under way when it is killed is lost, as a connection to it is.

    A process that ends in any other way is this machine's failure, as it always is.
    """

    def __init__(self, processes: Processes, work_tracker: WorkTracker) -> None:
        self.names: tuple[str, ...] = ()
        self.on_news: Callable[[str, News], None] = lambda _client, _news: None
        self.on_fault: Callable[[str, Exception], None] = lambda _provider, _error: None
        self.renewed: Callable[[Share], Share] = lambda share: share
        """What is so by now of a share that is to be run once more. Whoever knows sets it."""
        self.on_return: Callable[[Mapping[str, Address]], None] = lambda _: None
        """Called when it is back, with the addresses of its names."""
        self._processes = processes
        self._work_tracker = work_tracker
        self._share: Share | None = None
        self._inner: Process | None = None
        self._struck: Process | None = None
        """The one that was killed last, by us."""
        self._up = trio.Event()
        self._opening = False
        self._ahead = 0
        self._nursery: trio.Nursery | None = None
        self._over = threading.Event()

    @property
    def share(self) -> Share:
        """What it runs."""
        assert self._share is not None, "it is opened before anything else"  # noqa: S101
        return self._share

    @property
    def pid(self) -> int:
        """The process id of the present one."""
        return self._present().pid

    @property
    def is_gone(self) -> bool:
        """Whether nothing can be asked of it now."""
        return self._inner is None or self._inner.is_gone

    @property
    def is_open(self) -> bool:  # type: ignore[override]  # what is a field of one process follows from the present one
        """Whether it runs the share."""
        return self._inner is not None and self._inner.is_open

    async def open(self, share: Share) -> Mapping[str, Any]:
        """As of any process."""
        self._share = share
        self.names = tuple(spec.name for spec in share.topology.providers if spec.external is None)
        addresses = await (await self._started()).open(share)
        self._up.set()
        return addresses

    async def close(self) -> Recorded:
        """As of any process."""
        return await self._present().close()

    async def act(self, target: Target, path: tuple[str, ...], *arguments: Any, known: int = 0, **keywords: Any) -> Any:
        """As of any process, once it is up. Raises ProviderCrashed for what is asked of a provider as it is killed."""
        inner = await self._present_once_up()
        try:
            return await inner.act(target, path, *arguments, known=known, **keywords)
        except MachineFailure as failure:
            raise self._as_lost(failure, inner, target) from failure

    def look(
        self,
        target: Target,
        path: tuple[str, ...],
        arguments: tuple[Any, ...] | None = None,
        keywords: Mapping[str, Any] | None = None,
        *,
        known: int = 0,
    ) -> Any:
        """As of any process. Raises ProviderCrashed, likewise, and Unreachable while there is none."""
        if not self._up.is_set():  # nor could anything be told to it from here that does not let tasks run
            again = "is being started again"
            if target[0] == SHARE:
                raise MachineFailure(f"the process of {', '.join(self.names)} {again}")
            raise Unreachable(f"a user of {target[1]}", target[1], f"it {again}")
        inner = self._present()
        try:
            return inner.look(target, path, arguments, keywords, known=known)
        except MachineFailure as failure:
            raise self._as_lost(failure, inner, target) from failure

    def tell(self, target: Target, path: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
        """As of any process. One that is being started again need not hear it: it gets all that is so in the end."""
        if self._up.is_set():
            self._present().tell(target, path, arguments)

    def terminate(self) -> None:
        """As of any process."""
        if self._inner is not None:
            self._inner.terminate()

    def put_right(self, ahead: int) -> None:
        """Let its providers' clocks be so many seconds ahead from now on."""
        self._ahead = ahead
        for name in self.names:
            self.tell((PROVIDER, name), ("skew",), (ahead,))

    def strike(self, after: float, ahead: int, killed: Callable[[], None]) -> None:
        """Kill whatever runs in so many seconds, and start it again with clocks so many seconds ahead. That is work
        under way until it is back.
        """
        assert self._nursery is not None, "it has been opened"  # noqa: S101
        self._work_tracker.begin()
        done, token = trio.Event(), trio.lowlevel.current_trio_token()
        # Not a task: it is to come also while we wait for an answer, and let no task run.
        threading.Thread(target=self._strike, args=(after, ahead, killed, done, token), daemon=True).start()
        self._nursery.start_soon(self._see_back, done)

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Let it be killed, and start it again each time, until cancelled."""
        try:
            async with trio.open_nursery() as self._nursery:
                task_status.started()
                await trio.sleep_forever()
        finally:
            self._over.set()

    def _strike(
        self, after: float, ahead: int, killed: Callable[[], None], done: trio.Event, token: trio.lowlevel.TrioToken
    ) -> None:
        """In a thread of its own."""
        if self._over.wait(after):
            return
        inner = self._inner
        if inner is not None and not inner.ended.is_set() and self._struck is not inner:
            self._struck, self._ahead = inner, ahead
            inner.kill()
        else:
            killed = _nothing

        def tell() -> None:
            killed()
            done.set()

        try:
            token.run_sync_soon(tell)
        except trio.RunFinishedError:
            return

    async def _see_back(self, done: trio.Event) -> None:
        try:
            await done.wait()
            if self._struck is not None and self._struck is self._inner:
                await self._struck.ended.wait()
            await self._present_once_up()
        finally:
            self._work_tracker.end()

    def _hear_end(self, inner: Process, how: str) -> None:
        if inner is not self._struck or self._nursery is None:
            for name in self.names:
                self.on_fault(name, MachineFailure(how))
            self._up.set()  # who waits for it learns that it is gone
        elif not self._opening:
            self._up = trio.Event()
            self._opening = True
            self._nursery.start_soon(self._return)

    async def _return(self) -> None:
        """Start it again, until one is there that was not killed meanwhile. Where this machine can't, that is noted."""
        addresses: Mapping[str, Address] | None = None
        while addresses is None:
            try:
                inner = await self._started()
                self._share = self._next()
                addresses = await inner.open(self.share)
            except MachineFailure as failure:
                if self._struck is not self._inner:
                    for name in self.names:
                        self.on_fault(name, failure)
                    break
                await self._present().ended.wait()
            else:
                if inner.is_gone and self._struck is inner:
                    addresses = None
        self._opening = False
        self._up.set()
        if addresses is not None:
            self.put_right(self._ahead)
            self.on_return(addresses)

    def _next(self) -> Share:
        share = self.renewed(self.share)
        return replace(share, life=share.life + 1, seed=_seed(share), ahead=self._ahead)

    async def _started(self) -> Process:
        place = self.share.place
        self._inner = inner = await self._processes.at(place)
        inner.on_news, inner.on_fault = self._hear_news, self._hear_fault
        inner.on_gone = lambda how: self._hear_end(inner, how)
        return inner

    def _hear_news(self, client: str, news: News) -> None:
        self.on_news(client, news)

    def _hear_fault(self, provider: str, error: Exception) -> None:
        self.on_fault(provider, error)

    async def _present_once_up(self) -> Process:
        while not self._up.is_set():
            await self._up.wait()
        return self._present()

    def _present(self) -> Process:
        if self._inner is None:
            raise MachineFailure(f"the process of {', '.join(self.names)} was never started")
        return self._inner

    def _as_lost(self, failure: MachineFailure, inner: Process, target: Target) -> Exception:
        if inner is not self._struck or target[0] == SHARE:
            return failure
        return ProviderCrashed(f"a user of {target[1]}", target[1], "its process was killed")


def _seed(share: Share) -> int:
    """Of the next process: whoever starts again must not draw the same random bytes again."""
    return int.from_bytes(sha256(f"{share.seed} {share.life}".encode()).digest()[:8])


def _nothing() -> None:
    """There was no process to be killed."""
