"""One measurement of one side of a row."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from time import perf_counter, process_time

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done: `rounds` of both sides, about `seconds` for a sample that can be of any length."""

    rounds: int
    seconds: float


WHOLE = Scale(rounds=7, seconds=0.7)
QUICK = Scale(rounds=3, seconds=0.25)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was measured: `value` in the row's unit, where less is better. `cpu` and `wall` are the seconds of the
    processor and of the clock that the whole of it took.
    """

    value: float
    cpu: float
    wall: float


Take = Callable[[], Awaitable[Sample]]
"""Measures once."""
Side = Callable[[Scale], AbstractAsyncContextManager[Take]]
"""One side of a row: what it needs is there inside of the block."""


@dataclass(slots=True)
class Stopwatch:
    """Seconds of this process, of the processor and of the clock, inside of `running()` blocks."""

    cpu: float = 0
    wall: float = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """It runs in the block."""
        cpu, wall = process_time(), perf_counter()
        try:
            yield
        finally:
            self.cpu += process_time() - cpu
            self.wall += perf_counter() - wall

    def per(self, count: int) -> Sample:
        """Milliseconds of the clock for each of so many."""
        return Sample(self.wall * 1000 / count, self.cpu, self.wall)

    def cpu_per(self, count: int) -> Sample:
        """Milliseconds of the processor for each of so many: what others do on the machine does not count."""
        return Sample(self.cpu * 1000 / count, self.cpu, self.wall)


def repeated(prepare: Callable[[], Callable[[Stopwatch], int]]) -> Side:
    """The side of a row that is work without I/O, as `prepare` makes it: milliseconds of the processor.

    It is done again and again; each time it runs the watch for what counts, and says how often that was.
    """

    @asynccontextmanager
    async def side(scale: Scale) -> AsyncIterator[Take]:
        once = prepare()

        async def take() -> Sample:
            watch, count = Stopwatch(), 0
            while watch.cpu < scale.seconds / 4:
                count += once(watch)
            return watch.cpu_per(count)

        yield take

    return side


def work(prepare: Callable[[], Callable[[], object]]) -> Side:
    """As `repeated`, of a call that counts as a whole."""

    def prepared() -> Callable[[Stopwatch], int]:
        call = prepare()

        def once(watch: Stopwatch) -> int:
            with watch.running():
                call()
            return 1

        return once

    return repeated(prepared)
