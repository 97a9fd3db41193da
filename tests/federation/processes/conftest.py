"""Two processes that all tests here share, one after the other: each starts only a federation of its own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

import pytest
import trio

from simulator.federation import Topology
from simulator.federation.processes import Processes, open_spread_session
from simulator.federation.processes.process import Process
from simulator.federation.processes.spread_session import SpreadSession
from tests.federated import NOW, topology


class Spread(Protocol):
    """Opens a federation in two processes: the usual one, with some changes, or another."""

    def __call__(self, wanted: Topology | None = None, **changes: Any) -> AbstractAsyncContextManager[SpreadSession]:
        """For the time of an `async with` block."""
        ...


@pytest.fixture(scope="session")
def started() -> Iterator[list[Process]]:
    async def start() -> list[Process]:
        return [await Process.start() for _ in range(2)]

    async def end() -> None:
        for process in found:
            await process.end()

    found = trio.run(start)
    yield found
    trio.run(end)


@pytest.fixture
async def processes(started: list[Process]) -> AsyncIterator[Processes]:
    """They outlive the test; one that it has ended is replaced."""
    async with trio.open_nursery() as nursery:
        running = Processes(len(started), nursery)
        for place, each in enumerate(started):
            running._started[place] = process = Process(each._process, each._acts, each._looks)
            nursery.start_soon(process.run)
        yield running
        for place in range(len(started)):
            started[place] = process = await running.at(place)
            process._carrying.cancel()


@pytest.fixture
def spread(processes: Processes) -> Spread:
    @asynccontextmanager
    async def opened(wanted: Topology | None = None, **changes: Any) -> AsyncIterator[SpreadSession]:
        seed = changes.pop("seed", 1)
        recorder = changes.pop("recorder", None)
        async with open_spread_session(
            wanted or topology(**changes), processes, seed=seed, now=NOW, recorder=recorder
        ) as session:
            yield session
            assert session.faults == ()

    return opened
