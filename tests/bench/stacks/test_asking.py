"""A stack is asked so many at a time."""

from contextlib import asynccontextmanager

import pytest
import trio

from simulator.bench.samples import Scale
from simulator.bench.stacks.asking import asked


async def test_so_many_at_a_time_until_the_time_is_over() -> None:
    most = now = done = 0

    @asynccontextmanager
    async def stack():
        async def ask() -> None:
            nonlocal most, now, done
            now += 1
            most = max(most, now)
            await trio.lowlevel.checkpoint()
            now, done = now - 1, done + 1

        yield ask

    async with asked(stack, 3)(Scale(1, 0.005)) as take:
        sample = await take()
    assert (most, now) == (3, 0)
    assert sample.value * done == pytest.approx(sample.wall * 1000)
