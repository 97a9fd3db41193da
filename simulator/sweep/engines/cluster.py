"""The engine of many machines: workers of a Dask cluster (`distributed`).

Dask carries tasks to workers and outcomes back; who runs what is the dispatcher's, as with processes. Dask's own
scheduling would run a task of dead workers four times on a scheduler as it comes, and hold tasks that only waited there
as guilty as the one that ran. So each batch of tasks (see `batches`) goes to one worker by name, which has one to run
and one to go on with: that hides the way there and back. When a worker is gone, the first of its two was most likely
what it ran, and any task of it may have been what killed it. That is no proof (what came of it may have been on its way
back), so that all of both are run alone the next time, each a batch of its own.
"""

import secrets
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import trio

from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.extras import need
from simulator.sweep.engines.asyncio_thread import AsyncioThread
from simulator.sweep.engines.batches import BatchSize
from simulator.sweep.engines.dispatching import Assignment
from simulator.sweep.engines.engine import EngineLost
from simulator.sweep.engines.local_cluster import local_cluster
from simulator.sweep.engines.sent_modules import SentModule
from simulator.sweep.engines.tasks import Outcome
from simulator.sweep.engines.versions import Versions, versions
from simulator.sweep.engines.worker_engine import WorkerEngine

if TYPE_CHECKING:
    from simulator.sweep.engines.dask_client import DaskClient

_CONNECT = 10
"""Seconds in which a scheduler must answer."""
_COME = 60
"""Seconds in which a worker must come, where there is none."""
_LOOK = 2
"""Seconds after which it is looked which workers there are, whatever the scheduler has told."""
_GRACE_PERIOD = 5
"""Seconds that tasks have to end in an orderly way."""
_IN_LINE = 2
"""How many batches a worker has: one that it runs, and the next."""
_LOCAL, _MOST = "local:", 1000


class _Worker:
    """A worker of the cluster that takes part, and its batches in the order in which it got them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.line: deque[list[Assignment]] = deque()
        self.held: list[list[Assignment]] = []
        """What waits until it can be run alone, or beside what is run alone."""
        self.scope = trio.CancelScope()
        self._places = trio.Semaphore(_IN_LINE)
        self._all_places = trio.Lock()

    @asynccontextmanager
    async def place(self, batch: list[Assignment]) -> AsyncIterator[None]:
        """A place in line, or the whole line for what is to be run alone."""
        places, self.held = _IN_LINE if batch[0].is_alone else 1, [*self.held, batch]
        async with self._all_places:
            for _ in range(places):
                await self._places.acquire()
        self.held.remove(batch)
        self.line.append(batch)
        try:
            yield
        finally:
            for _ in range(places):
                self._places.release()

    def leave(self) -> tuple[list[list[Assignment]], list[list[Assignment]]]:
        """It is gone: what was in its line, and what was held."""
        left = list(self.line), self.held
        self.line, self.held = deque(), []
        self.scope.cancel()
        return left


class Cluster(WorkerEngine):
    """The workers that the scheduler at `address` has, also those that come later; or `local:N`: so many of this
    machine, which begin and end with the engine. Raises SimulatorError for what is no address.
    """

    def __init__(self, address: str) -> None:
        super().__init__(2 * _IN_LINE)
        self._address, self._started = address, _how_many(address)
        self._modules = [SentModule.at(path) for path in registry.paths()]
        self._taking_part: dict[str, _Worker] = {}
        self._left_out: dict[str, str] = {}
        self._changed, self._seen = trio.Event(), trio.Event()
        self._size = BatchSize()
        self._asyncio: AsyncioThread
        self._client: DaskClient

    @property
    def workers(self) -> int:
        """How many take part now."""
        return len(self._taking_part)

    @property
    def has_our_files(self) -> bool:
        """Only where its workers were started by it: others may be on other machines, and nobody can tell."""
        return self._started > 0

    @property
    def left_out(self) -> Mapping[str, str]:
        """Why workers that came later do not take part, by address."""
        return self._left_out

    async def open(self, stack: AsyncExitStack) -> None:
        """Raises EngineLost where the scheduler or a first worker is not there, or a worker runs something else."""
        need("cluster")
        from simulator.sweep.engines.dask_client import DaskClient

        address = self._address
        if self._started:
            address, _ = await stack.enter_async_context(local_cluster(self._started))
        self._asyncio = await stack.enter_async_context(AsyncioThread())
        token = trio.lowlevel.current_trio_token()
        self._taking_part, self._left_out, name = {}, {}, secrets.token_hex(8)
        changed = partial(token.run_sync_soon, self._look)
        self._client = DaskClient(address, name, changed)
        await self._asyncio.run(self._client.connect, _CONNECT)
        stack.push_async_callback(self._close)
        there = await self._first()
        unfit = await self._unfit(there)
        if unfit:
            raise EngineLost("; ".join(f"the worker {worker} can't take part: {why}" for worker, why in unfit.items()))
        self._taking_part = {worker: _Worker(worker) for worker in there}

    async def _first(self) -> dict[str, int]:
        """The workers that are there, as soon as there are any. Raises EngineLost."""
        with trio.move_on_after(_COME):
            while len(there := await self._asyncio.run(self._client.workers)) < max(1, self._started):
                await trio.sleep(0.05)
            return there
        raise EngineLost(f"the scheduler at {self._address} has no workers, and none came in {_COME} seconds")

    async def _unfit(self, there: Mapping[str, int]) -> dict[str, str]:
        """Why workers can't take part, by address; all others are ready."""
        found = await self._asyncio.run(self._client.what_they_run, there)
        unfit = {worker: why for worker, it in found.items() if (why := _why_not(it, there[worker]))}
        await self._asyncio.run(self._client.get_ready, [each for each in there if each not in unfit], self._modules)
        return unfit

    def start(self, nursery: trio.Nursery) -> None:
        """Somebody for each worker, and one who looks which there are."""
        for worker in self._taking_part.values():
            nursery.start_soon(self._attend, worker)
        self._limit()
        nursery.start_soon(self._watch, nursery)

    async def _close(self) -> None:
        with trio.CancelScope(shield=True):
            await self._asyncio.run(self._client.close, list(self._taking_part), _GRACE_PERIOD)

    def _look(self) -> None:
        self._changed.set()

    @property
    def _takers(self) -> int:
        return _IN_LINE * max(1, self.workers)

    def _limit(self) -> None:
        self.dispatcher.usual_limit = 2 * self._takers * self._size.tasks(self.workers)

    async def _watch(self, nursery: trio.Nursery) -> None:
        """Let those take part that come, and not those that go, until the cluster is lost."""
        last_seen = trio.current_time()
        while trio.current_time() - last_seen < _COME:
            with trio.move_on_after(_LOOK):
                await self._changed.wait()
            self._changed = trio.Event()
            try:
                await self._update(await self._asyncio.run(self._client.workers), nursery)
            except EngineLost as error:
                self.dispatcher.lose(error)
                return
            self._seen.set()
            self._seen = trio.Event()
            if self._taking_part:
                last_seen = trio.current_time()
        self.dispatcher.lose(EngineLost(f"all workers of {self._address} are gone, and none came in {_COME} seconds"))

    async def _update(self, there: Mapping[str, int], nursery: trio.Nursery) -> None:
        for gone in self._taking_part.keys() - there.keys():
            self._is_gone(self._taking_part.pop(gone))
        await self._admit({each: there[each] for each in there if not self._knows(each)}, nursery)
        self._limit()

    def _knows(self, worker: str) -> bool:
        return worker in self._taking_part or worker in self._left_out

    async def _admit(self, new: Mapping[str, int], nursery: trio.Nursery) -> None:
        unfit = await self._unfit(new) if new else {}
        self._left_out |= unfit
        for address in new.keys() - unfit.keys():
            self._taking_part[address] = worker = _Worker(address)
            nursery.start_soon(self._attend, worker)

    def _is_gone(self, worker: _Worker) -> None:
        line, held = worker.leave()
        for assignment in chain(*line[:1]):
            assignment.run.died(assignment, f"is gone from the cluster ({worker.address})")
        for assignment in chain(*line[1:]):
            assignment.run.again(replace(assignment, suspect=True))
        for assignment in chain(*held):
            assignment.run.again(assignment)

    async def _attend(self, worker: _Worker) -> None:
        with worker.scope:
            async with trio.open_nursery() as nursery:
                for _ in range(_IN_LINE):
                    nursery.start_soon(self._work, worker)

    async def _work(self, worker: _Worker) -> None:
        from simulator.sweep.engines.dask_client import NotRun

        while True:
            batch = await self.dispatcher.take_batch(self._size.tasks(self.workers), self._takers)
            async with worker.place(batch):
                tasks, seconds = [(each.task, each.attempt) for each in batch], self._size.seconds(self.workers)
                try:
                    outcomes = await self._asyncio.run(self._client.ask, worker.address, tasks, seconds)
                except NotRun:
                    outcomes = []
                    self._look()
                    await self._seen.wait()  # if the worker is gone, this ends here
                worker.line.remove(batch)
                self._ended(batch, outcomes)

    def _ended(self, batch: list[Assignment], outcomes: list[Outcome]) -> None:
        """What came of those that were begun; the others are run again."""
        by_key = {each.key: each for each in outcomes}
        for assignment in batch:
            outcome = by_key.get(assignment.task.key)
            if outcome is None:
                assignment.run.again(assignment)
            else:
                self._size.ended(outcome)
                assignment.run.ended(outcome)
        self._limit()


def _how_many(address: str) -> int:
    """How many workers are to be started; none where it is a scheduler's address. Raises SimulatorError."""
    number = address.removeprefix(_LOCAL)
    if number != address:
        if number.isascii() and number.isdecimal() and 0 < int(number) < _MOST:
            return int(number)
        raise SimulatorError(f"{address}: how many workers are to be started? As in {_LOCAL}4")
    if "://" not in address:
        raise SimulatorError(f"{address} is no scheduler's address, as tcp://10.0.0.1:8786, nor {_LOCAL}N")
    return 0


def _why_not(runs: Versions | str, threads: int) -> str:
    """Why a worker can't take part; nothing where it can."""
    if isinstance(runs, str):
        return runs
    if threads != 1:
        return f"it has {threads} threads, and a run takes a process: start it with --nthreads 1, and --nworkers N"
    return versions().against(runs)
