"""What an engine asks of a Dask scheduler and its workers: all of this runs under asyncio."""

import asyncio
import logging
import pickle
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import Any

from distributed import Client
from distributed.client import FutureCancelledError

from simulator.sweep.engines.cluster_worker import Call, get_ready_there, stop, what_it_runs
from simulator.sweep.engines.engine import EngineLost
from simulator.sweep.engines.sent_modules import SentModule
from simulator.sweep.engines.tasks import Outcome, Task, not_sent
from simulator.sweep.engines.versions import Versions

_CHANGES = ("add-worker", "remove-worker")
"""What a scheduler tells of that changes which workers there are."""


class NotRun(Exception):
    """Nobody knows what came of a task: its worker is gone, or the scheduler."""


class DaskClient:
    """A connection to the scheduler at an address, for one engine."""

    def __init__(self, address: str, engine: str, changed: Callable[[], None]) -> None:
        self._address, self._engine, self._changed = address, engine, changed
        self._numbers = count()
        self._client: Any  # most of it has no types

    async def connect(self, seconds: float) -> None:
        """Raises EngineLost."""
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # the engine says what matters of it
        connect: Any = Client
        client = connect(self._address, asynchronous=True, timeout=seconds, set_as_default=False)
        try:
            self._client = await client
        except (OSError, ValueError) as error:
            await client.close()
            raise EngineLost(f"no Dask scheduler answers at {self._address}: {error}") from error
        self._client.subscribe_topic("all", self._heard)

    def _heard(self, event: tuple[float, Mapping[str, Any]]) -> None:
        if event[1].get("action") in _CHANGES:
            self._changed()

    async def workers(self) -> dict[str, int]:
        """How many threads each worker has, by address. Raises EngineLost."""
        if self._client.status != "running":
            raise EngineLost(self._lost())
        try:
            found = await asyncio.wait_for(self._client.scheduler.identity(n_workers=-1), 10)
        except (OSError, TimeoutError) as error:
            raise EngineLost(self._lost()) from error
        return {address: worker["nthreads"] for address, worker in found["workers"].items()}

    def _lost(self) -> str:
        return (
            f"the Dask scheduler at {self._address} is gone: what was done is kept, and the same command goes on where "
            "this one stopped"
        )

    async def what_they_run(self, workers: Collection[str]) -> dict[str, Versions | str]:
        """What each runs, or in words why it does not say so."""
        found = await self._client.run(what_it_runs, workers=list(workers), on_error="return")
        return {address: each if isinstance(each, Versions) else _why_not(each) for address, each in found.items()}

    async def get_ready(self, workers: Collection[str], modules: Sequence[SentModule]) -> None:
        """Raises what a user's module raises there."""
        if modules:
            await self._client.run(get_ready_there, modules, workers=list(workers))

    async def ask(self, worker: str, batch: Sequence[tuple[Task, int]], seconds: float) -> list[Outcome]:
        """What came of tasks, each with its attempt, that a worker has run in turn: of all that it had begun when so
        many seconds were over, at least one. Raises NotRun.
        """
        failed, sent = [], []
        for task, attempt in batch:
            try:
                sent.append((task.key, pickle.dumps((task, attempt))))
            except Exception as error:  # whatever a payload raises
                failed.append(Outcome(task.key, failure=not_sent(error)))
        return failed + (await self._ask(worker, sent, seconds) if sent else [])

    async def _ask(self, worker: str, sent: Sequence[tuple[str, bytes]], seconds: float) -> list[Outcome]:
        future = self._client.submit(
            pickle.loads,
            pickle.dumps(Call(self._engine, pickle.dumps((sent, seconds)))),
            key=f"{self._engine}-{next(self._numbers)}",
            workers=[worker],
            pure=False,
        )
        try:
            found: list[bytes] = pickle.loads(await future)  # noqa: S301 (a worker of ours)
        except FutureCancelledError:
            raise NotRun from None
        except asyncio.CancelledError:
            await self._client.cancel([future], force=True)
            raise
        except Exception as error:  # whatever Dask makes of a batch that it could not bring there or back
            return [Outcome(key, failure=not_sent(error)) for key, _ in sent]
        finally:
            future.release()
        if not found:
            raise NotRun
        return [_unpickled(key, outcome) for (key, _), outcome in zip(sent, found, strict=False)]

    async def close(self, workers: Collection[str], grace_period: float) -> None:
        """End what these workers run for this engine, if they are there, and the connection."""
        if self._client.status == "running" and workers:
            ending = self._client.run(stop, self._engine, grace_period, workers=list(workers), on_error="ignore")
            with suppress(OSError, TimeoutError):  # then they are gone
                await asyncio.wait_for(ending, 2 * grace_period)
        self._client.unsubscribe_topic("all")  # else the scheduler tells us that we are gone
        await self._client.close(timeout=grace_period)


def _unpickled(key: str, data: bytes) -> Outcome:
    try:
        outcome: Outcome = pickle.loads(data)  # noqa: S301 (of a worker of ours)
    except Exception as error:  # whatever a value raises
        return Outcome(key, failure=not_sent(error))
    return outcome


def _why_not(error: object) -> str:
    if isinstance(error, ImportError):
        return "it has no mimi-simulator of this version"
    return f"it can't say what it runs: {error}"
