"""How time and memory of a federation in one process grow with its users: the shipped scenario `fanout/large`."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from simulator.bench.rows.commands import process
from simulator.bench.samples import Sample, Scale, Side, Take
from simulator.drafts.registry import usual

SCENARIO = "scenarios/fanout/large.yaml"
USERS = 10
"""At each provider; half of all are in one group."""
RUN = """
from simulator.__main__ import main
from simulator.peak_memory import peak
try:
    main()
finally:
    print(peak())
"""
"""The command in a process that says at its end how many octets of memory it has taken at most."""

_taken: dict[int, tuple[Sample, int]] = {}
"""What each number of users has taken: both curves are drawn of the same runs, the largest of which take minutes."""

Value = Callable[[Sample, int], float]


def seconds(took: Sample, _: int) -> float:
    """Of the clock, with the start of the process."""
    return took.wall


def megabytes(_: Sample, octets: int) -> float:
    """Of memory, at most."""
    return octets / 1e6


def grown(value: Value) -> Callable[[int], Side]:
    """The side for so many users."""

    def sized(users: int) -> Side:
        @asynccontextmanager
        async def side(_: Scale) -> AsyncIterator[Take]:
            async def take() -> Sample:
                if users not in _taken:
                    took, printed = await process((sys.executable, "-c", RUN, *_words(users)))
                    _taken[users] = took, int(printed.split()[-1])
                took, octets = _taken[users]
                return Sample(value(took, octets), took.cpu, took.wall)

            yield take

        return side

    return sized


def _words(users: int) -> tuple[str, ...]:
    size = ("--set", f"providers={users // USERS}", "--set", f"users={USERS}")
    return ("run", SCENARIO, "--draft", usual()[0].name, "-j", "1", *size)
