"""Stacks on an event loop of asyncio."""

import threading

import pytest

from simulator.bench.samples import Scale
from simulator.bench.stacks.asyncio_stacks import asked, uvicorn_and_aiohttp, uvicorn_and_httpx

pytest.importorskip("uvloop")


@pytest.mark.parametrize(("stack", "uvloop"), [(uvicorn_and_httpx, False), (uvicorn_and_aiohttp, True)])
async def test_they_answer_and_leave_nothing_behind(stack, uvloop: bool) -> None:
    before = {thread for thread in threading.enumerate() if not thread.name.startswith("Trio")}
    async with asked(stack, 2, uvloop=uvloop)(Scale(1, 0.02)) as take:
        assert (await take()).value > 0
    assert {thread for thread in threading.enumerate() if not thread.name.startswith("Trio")} == before
