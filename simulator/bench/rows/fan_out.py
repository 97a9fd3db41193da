"""What one message costs each follower that it goes to."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import trio

from simulator.bench.federations import team
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take
from simulator.bench.stacks.documented import documented_server, post

MANY, FEW = 200, 20


def fan_out(followers: int, users: int = 1) -> Side:
    """Milliseconds of the clock for each follower, connections warm."""

    @asynccontextmanager
    async def side(_: Scale) -> AsyncIterator[Take]:
        async with team(followers, users) as group:

            async def take() -> Sample:
                watch = Stopwatch()
                with watch.running():
                    await group.send()
                return watch.per(followers)

            await group.send()
            yield take

    return side


def clients_of_their_own(destinations: int) -> Side:
    """An httpx client for each destination, which are one server's here: only the connections differ."""

    @asynccontextmanager
    async def side(_: Scale) -> AsyncIterator[Take]:
        async with documented_server("localhost") as (url, context), AsyncExitStack() as stack:
            clients = [
                await stack.enter_async_context(httpx.AsyncClient(verify=context, timeout=60))
                for _ in range(destinations)
            ]

            async def take() -> Sample:
                watch = Stopwatch()
                with watch.running():
                    async with trio.open_nursery() as nursery:
                        for client in clients:
                            nursery.start_soon(post, client, url)
                return watch.per(destinations)

            await take()
            yield take

    return side


ROWS = (
    Row(
        id=f"fanout-{MANY}",
        work=f"one message to {MANY} followers, warm, for each of them",
        unit="ms",
        ours=fan_out(MANY),
        baseline=clients_of_their_own(MANY),
        against="one httpx client per destination, bare",
        goal=1.5,
    ),
    Row(
        id="fanout-growth",
        work=f"one message, for each of {MANY} followers",
        unit="ms",
        ours=fan_out(MANY),
        baseline=fan_out(FEW),
        against=f"for each of {FEW}",
        goal=0.8,
    ),
    Row(
        id="fanout-members",
        work="one message to a follower with 1,000 members in the group",
        unit="ms",
        ours=fan_out(1, 1000),
        baseline=fan_out(1, 10),
        against="with 10",
        goal=0.5,
    ),
)
