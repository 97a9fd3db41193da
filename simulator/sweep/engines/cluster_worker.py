"""What a Dask worker does for an engine: it says what it runs, gets ready, performs tasks and stops them.

A task runs in the thread that Dask has for it, so that the worker goes on talking to its scheduler.
"""

import asyncio
import pickle
import threading
import time
import warnings
from collections.abc import Callable, Iterable

import trio

from simulator.dataclass import dataclass
from simulator.errors import SimulatorWarning
from simulator.sweep.engines.performing import perform
from simulator.sweep.engines.sent_modules import SentModule, Unpacked
from simulator.sweep.engines.tasks import Outcome, Task, not_sent
from simulator.sweep.engines.versions import Versions, versions

_unpacked = Unpacked()
_lock = threading.Lock()
_closed: set[str] = set()
"""Engines that want nothing any more."""
_stops: dict[tuple[str, str], Callable[[], None]] = {}
"""What ends each task that runs, by engine and key."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of `perform_there` that is made where it is unpickled: a scheduler passes it on and needs no module of
    ours.
    """

    engine: str
    data: bytes

    def __reduce__(self) -> tuple[Callable[..., bytes], tuple[str, bytes]]:
        return perform_there, (self.engine, self.data)


def what_it_runs() -> Versions:
    """Called in a worker before anything else."""
    return versions()


def get_ready_there(modules: Iterable[SentModule]) -> None:
    """Know the drafts that were sent, and warn of nothing: whoever started this has said the same."""
    from simulator.drafts import registry

    warnings.simplefilter("ignore", SimulatorWarning)
    for path in _unpacked.put(modules):
        registry.add(path)


def perform_there(engine: str, data: bytes) -> bytes:
    """What came of a batch: of its tasks in turn, until its seconds are over or its engine has ended it; the first one
    is begun in any case. Each task with its attempt is pickled by itself, and so is each outcome, so that one which
    can't be is no matter of the others.
    """
    tasks, seconds = pickle.loads(data)  # noqa: S301 (whoever may send us tasks may run anything here)
    began, found = time.monotonic(), []
    for key, pickled in tasks:
        outcome = _outcome(engine, key, pickled)
        if outcome is None:
            break
        found.append(outcome)
        if time.monotonic() - began >= seconds:
            break
    return pickle.dumps(found)


def _outcome(engine: str, key: str, pickled: bytes) -> bytes | None:
    """Of one task; None where its engine ended it."""
    try:
        task, attempt = pickle.loads(pickled)  # noqa: S301 (as above)
    except Exception as error:  # whatever a payload raises
        return pickle.dumps(Outcome(key, failure=not_sent(error)))
    outcome = trio.run(_perform, engine, task, attempt)
    if outcome is None:
        return None
    try:
        return pickle.dumps(outcome)
    except Exception as error:  # whatever a value raises
        return pickle.dumps(Outcome(key, failure=not_sent(error)))


async def _perform(engine: str, task: Task, attempt: int) -> Outcome | None:
    token, outcome = trio.lowlevel.current_trio_token(), None
    with trio.CancelScope() as scope:
        with _lock:
            if engine in _closed:
                return None
            _stops[engine, task.key] = lambda: token.run_sync_soon(scope.cancel)
        try:
            outcome = await perform(task, attempt)
        finally:
            with _lock:
                del _stops[engine, task.key]
    return outcome


async def stop(engine: str, grace_period: float) -> None:
    """End the tasks of an engine, and begin none; waits for their end at most so many seconds."""
    with _lock:
        _closed.add(engine)
        for (of, _), end in _stops.items():
            if of == engine:
                end()
    for _ in range(round(grace_period * _A_SECOND)):
        if not any(of == engine for of, _ in list(_stops)):
            return
        await asyncio.sleep(1 / _A_SECOND)


_A_SECOND = 50
"""How often it is looked whether all have ended."""
