"""What an idle provider takes up of memory, looked at in a process of its own.

python -m simulator.bench.rows.memory ours|naive NUMBER
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import trio

from simulator.bench.row import Obstacle, Row
from simulator.bench.rows.commands import process
from simulator.bench.samples import Sample, Scale, Side, Take
from simulator.bench.stacks.fleets import naive, ours

MANY = 200
FLEETS = {"ours": ours, "naive": naive}


def occupied(fleet: str) -> Side:
    """Octets in memory for each."""

    @asynccontextmanager
    async def side(_: Scale) -> AsyncIterator[Take]:
        async def take() -> Sample:
            took, printed = await process((sys.executable, "-m", "simulator.bench.rows.memory", fleet, str(MANY)))
            return Sample(int(printed), took.cpu, took.wall)

        yield take

    return side


def _resident() -> int:
    """Octets of this process in memory."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def _main(fleet: str, count: int) -> None:
    async with FLEETS[fleet](1):
        pass  # what is loaded once
    before = _resident()
    async with FLEETS[fleet](count):
        print((_resident() - before) // count)


ROWS = (
    Row(
        id=f"memory-{MANY}",
        work=f"what one of {MANY} idle providers takes up",
        unit="octets",
        ours=occupied("ours"),
        baseline=occupied("naive"),
        against="hypercorn and httpx as documented, a client and a context each",
        goal=8,
        obstacle=Obstacle(
            "SQLite takes more than an eighth of the baseline for a store by itself, and the baseline has none",
            "tests/benchmarks/denied/memory_of_stores.py",
        ),
        rounds=1,
    ),
)

if __name__ == "__main__":
    trio.run(partial(_main, sys.argv[1], int(sys.argv[2])))
