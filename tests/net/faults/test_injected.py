"""The guard: in force from `inject` to `remove`, and no longer."""

import pytest
import trio

from simulator.net.errors import ConnectionLost
from simulator.net.faults import DropRequest, RequestMatch
from tests.net.loopback import Echo, Loopback

URL = "https://ds.a.example/x"


async def test_the_end_of_the_block_is_the_repair(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    client = await loopback.client()
    with loopback.network.faults.inject(DropRequest()) as lost:
        for _ in range(2):
            with pytest.raises(ConnectionLost):
                await client.request("GET", URL)
    assert lost.hits == 2
    assert (await client.request("GET", URL)).status == 200
    lost.remove()
    assert lost.hits == 2


async def test_hits_can_be_awaited(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    client = await loopback.client()
    lost = loopback.network.faults.inject(DropRequest(where=RequestMatch(endpoint="/y")))

    seen = trio.Event()

    async def ask() -> None:
        for path in ("x", "y", "x", "y"):
            try:
                await client.request("GET", f"https://ds.a.example/{path}")
            except ConnectionLost:
                await seen.wait()

    loopback.nursery.start_soon(ask)
    with trio.fail_after(5):
        await lost.caught()
        assert len(echo.requests) == 1
        seen.set()
        await lost.caught(2)
    assert (lost.hits, len(echo.requests)) == (2, 2)


async def test_those_that_pass_are_counted_but_not_hit(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    client = await loopback.client()
    lost = loopback.network.faults.inject(DropRequest(where=RequestMatch(skip=1, times=1)))
    outcomes = []
    for _ in range(3):
        try:
            outcomes.append((await client.request("GET", URL)).status)
        except ConnectionLost:
            outcomes.append(None)
    assert (outcomes, lost.hits) == ([200, None, 200], 1)
