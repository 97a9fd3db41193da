"""Asks a stack again and again, so many at a time, and says what each request took."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import trio

from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take

REQUEST = bytes(500)
ANSWER = bytes(200)

AT_LEAST = 5
"""How often each of those who ask at the same time does so: what a pool does with the first requests is not all."""

Ask = Callable[[], Awaitable[None]]
"""One request and its answer."""
Stack = Callable[[], AbstractAsyncContextManager[Ask]]


def asked(stack: Stack, at_a_time: int) -> Side:
    """The side of a row in which a trio stack is asked."""

    @asynccontextmanager
    async def side(scale: Scale) -> AsyncIterator[Take]:
        async with stack() as ask:

            async def take() -> Sample:
                return await _take(ask, at_a_time, scale.seconds)

            yield take

    return side


async def _take(ask: Ask, at_a_time: int, seconds: float) -> Sample:
    watch, count = Stopwatch(), 0
    ends = trio.current_time() + seconds

    async def repeat() -> None:
        nonlocal count
        own = 0
        while own < AT_LEAST or trio.current_time() < ends:
            await ask()
            own += 1
        count += own

    with watch.running():
        async with trio.open_nursery() as nursery:
            for _ in range(at_a_time):
                nursery.start_soon(repeat)
    return watch.per(count)
