"""Many servers with a client each, all idle: ours, and as somebody would write them down without thinking."""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import httpx

from simulator.bench.federations import NOW, topology
from simulator.bench.stacks.documented import documented_server
from simulator.federation import open_session

Fleet = Callable[[int], AbstractAsyncContextManager[object]]


@asynccontextmanager
async def ours(providers: int) -> AsyncIterator[None]:
    """So many providers with a user each, all up."""
    async with open_session(topology(providers - 1), seed=1, now=NOW):
        yield


@asynccontextmanager
async def naive(providers: int) -> AsyncIterator[None]:
    """So many servers as hypercorn is documented, each with an httpx client and a TLS context of its own."""
    async with AsyncExitStack() as stack:
        for _ in range(providers):
            await stack.enter_async_context(documented_server("localhost"))
            await stack.enter_async_context(httpx.AsyncClient(verify=ssl.create_default_context()))
        yield
