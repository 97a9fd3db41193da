"""Many servers with a client each, all idle: ours, and as somebody would write them down without thinking."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import httpx

from simulator.bench.federations import NOW, topology
from simulator.bench.stacks.asking import ANSWER
from simulator.bench.stacks.documented import documented_server
from simulator.federation import open_session

AskAll = Callable[[], Awaitable[None]]
"""One request to each server and its answer, one after the other, each over a connection of its own."""
Fleet = Callable[[int], AbstractAsyncContextManager[AskAll]]


@asynccontextmanager
async def ours(providers: int) -> AsyncIterator[AskAll]:
    """So many providers with a user each, all up."""
    async with open_session(topology(providers - 1), seed=1, now=NOW) as session:

        async def ask_all() -> None:
            client = session.providers[0].http
            for provider in session.providers:
                await client.request("GET", f"https://{provider.name}/")

        yield ask_all


@asynccontextmanager
async def naive(providers: int) -> AsyncIterator[AskAll]:
    """So many servers as hypercorn is documented, each with an httpx client and a TLS context of its own."""
    clients: list[tuple[str, httpx.AsyncClient]] = []
    async with AsyncExitStack() as stack:
        for _ in range(providers):
            url, trusting = await stack.enter_async_context(documented_server("localhost"))
            context = ssl.create_default_context()
            context.load_verify_locations(cadata=b"".join(trusting.get_ca_certs(binary_form=True)))
            clients.append((url, await stack.enter_async_context(httpx.AsyncClient(verify=context))))

        async def ask_all() -> None:
            for url, client in clients:
                if (await client.get(url)).content != ANSWER:
                    raise RuntimeError("the server's answer is another")

        yield ask_all
