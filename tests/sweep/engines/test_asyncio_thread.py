"""Calls of asyncio from trio: values, errors, and cancelling there what is cancelled here."""

import asyncio
import threading

import pytest
import trio

from simulator.sweep.engines.asyncio_thread import AsyncioThread


async def double(number: int) -> int:
    await asyncio.sleep(0)
    if number < 0:
        raise ValueError(number)
    return 2 * number


async def test_values_and_errors_come_back() -> None:
    async with AsyncioThread() as there:
        assert await there.run(double, 2) == 4
        with pytest.raises(ValueError, match="-1"):
            await there.run(double, -1)
    assert "asyncio" not in {thread.name for thread in threading.enumerate()}


async def test_what_is_cancelled_here_is_cancelled_there_and_waited_for() -> None:
    told = []

    async def wait() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            told.append("ended")

    async with AsyncioThread() as there:
        with trio.move_on_after(0.05) as scope:
            await there.run(wait)
    assert (scope.cancelled_caught, told) == (True, ["ended"])


async def test_what_still_runs_at_the_end_is_cancelled() -> None:
    async def leave_behind() -> "asyncio.Task[None]":
        return asyncio.create_task(asyncio.sleep(60))

    async with AsyncioThread() as there:
        left = await there.run(leave_behind)
    assert left.cancelled()
