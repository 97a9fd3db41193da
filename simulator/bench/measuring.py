"""Measures a row: ours and its baseline in turn, so that both have the same machine."""

import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median, quantiles
from typing import Any

from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Side, Take
from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.extras import need
from simulator.printable import printable

_LONGEST = 200
"""Characters of what a baseline's error says."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one side took: the median value in the row's unit with the middle half of all values, and the median
    seconds of the processor and of the clock that a sample took.
    """

    median: float
    low: float
    high: float
    cpu: float
    wall: float

    @classmethod
    def of(cls, samples: list[Sample]) -> "Measured":
        """What samples say."""
        values = [sample.value for sample in samples]
        low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values[0],) * 3
        cpu, wall = median(sample.cpu for sample in samples), median(sample.wall for sample in samples)
        return cls(median(values), low, high, cpu, wall)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a row has come to. Where it could not be measured, `missing` says why, and nothing else is there."""

    row: Row
    ours: Measured | None = None
    baseline: Measured | None = None
    missing: str = ""

    @property
    def ratio(self) -> float | None:
        """Against the baseline, or the limit: the larger the better."""
        if self.ours is None:
            return None
        beside = self.row.limit if self.baseline is None else self.baseline.median
        return None if beside is None else beside / max(self.ours.median, 1e-9)

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where nobody knows."""
        return None if self.ratio is None else self.ratio >= self.row.goal

    @property
    def obstacle(self) -> str:
        """What is known to stand in the way of a goal that is not met."""
        return str(self.row.obstacle) if self.met is False and self.row.obstacle is not None else ""


async def measure(row: Row, scale: Scale) -> Figure:
    """What a row comes to on this machine now. A baseline that fails, in whatever way its library does, is one that
    could not be measured; where ours fails with no error for people, that is raised.
    """
    failures: list[Exception] = []
    try:
        if row.needs is not None:
            need(row.needs)
        return await _measure(row, scale, failures)
    except SimulatorError as error:
        return Figure(row, missing=str(error))
    except Exception:  # in whatever way a library fails; ours is raised
        if not failures:
            raise
        return Figure(row, missing=f"its baseline failed: {_said(failures[0])}")


def _said(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return printable(f"{type(error).__name__}: {error}", _LONGEST)


async def _measure(row: Row, scale: Scale, failures: list[Exception]) -> Figure:
    sides: list[Side] = [row.ours]
    if row.baseline is not None:
        sides.append(_noting(row.baseline, failures))
    samples: list[list[Sample]] = [[] for _ in sides]
    rounds = scale.rounds if row.rounds is None else min(row.rounds, scale.rounds)
    async with AsyncExitStack() as stack:
        takes = [await stack.enter_async_context(side(scale)) for side in sides]
        if rounds > 1:
            for take in takes:  # whatever is only slow the first time
                await take()
        for turn in range(rounds):
            order: Any = range(len(takes)) if turn % 2 else reversed(range(len(takes)))
            for place in order:
                gc.collect()
                samples[place].append(await takes[place]())
    measured = [Measured.of(each) for each in samples]
    return Figure(row, measured[0], measured[1] if row.baseline is not None else None)


def _noting(side: Side, failures: list[Exception]) -> Side:
    """The same side; what it raises while it is begun, measured or ended is put into `failures` too."""

    @asynccontextmanager
    async def noted(scale: Scale) -> AsyncIterator[Take]:
        ours = False
        try:
            async with side(scale) as take:

                async def noting() -> Sample:
                    try:
                        return await take()
                    except Exception as error:
                        failures.append(error)
                        raise

                try:
                    yield noting
                except Exception:  # of whoever uses the side: it is only passed through
                    ours = not failures
                    raise
        except Exception as error:
            if not ours:
                failures.append(error)
            raise

    return noted
