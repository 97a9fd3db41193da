"""uvicorn with httpx on asyncio, and with aiohttp on uvloop: what one would pick who is not bound to trio.

Their event loop runs in a thread of its own, and only while they are measured; nothing else runs then.
"""

import asyncio
import ssl
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from threading import Thread
from typing import Any, TypeVar

import trio
import trustme

from simulator import extras
from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take
from simulator.bench.stacks.asking import ANSWER, AT_LEAST, REQUEST, Ask

T = TypeVar("T")
AsyncioStack = Callable[[], AbstractAsyncContextManager[Ask]]
"""To be opened and asked on the asyncio event loop."""


def asked(stack: AsyncioStack, at_a_time: int, *, uvloop: bool = False) -> Side:
    """The side of a row in which an asyncio stack is asked."""

    @asynccontextmanager
    async def side(scale: Scale) -> AsyncIterator[Take]:
        async with _event_loop(uvloop) as loop, _opened(loop, stack) as ask:

            async def take() -> Sample:
                return await _done(loop, _take(ask, at_a_time, scale.seconds))

            yield take

    return side


@asynccontextmanager
async def uvicorn_and_httpx() -> AsyncIterator[Ask]:
    """A server, and a client with a pool."""
    import httpx

    async with _uvicorn() as (url, context), httpx.AsyncClient(verify=context, timeout=60) as client:

        async def ask() -> None:
            if (await client.post(url, content=REQUEST)).content != ANSWER:
                raise RuntimeError("the server's answer is another")

        yield ask


@asynccontextmanager
async def uvicorn_and_aiohttp() -> AsyncIterator[Ask]:
    """A server, and a client with a pool without bounds."""
    import aiohttp

    async with _uvicorn() as (url, context):
        connector = aiohttp.TCPConnector(ssl=context, limit=0)
        async with aiohttp.ClientSession(connector=connector) as client:

            async def ask() -> None:
                async with client.post(url, data=REQUEST) as reply:
                    if await reply.read() != ANSWER:
                        raise RuntimeError("the server's answer is another")

            yield ask


@asynccontextmanager
async def _uvicorn() -> AsyncIterator[tuple[str, ssl.SSLContext]]:
    """Its URL, and the context of a client that trusts it."""
    import uvicorn

    authority = trustme.CA()
    context = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
    with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
        pem.write(authority.issue_cert("localhost").private_key_and_cert_chain_pem.bytes())
        pem.flush()
        config = uvicorn.Config(
            _app, host="127.0.0.1", port=0, ssl_certfile=pem.name, ssl_keyfile=pem.name, log_config=None,
            access_log=False, lifespan="off", timeout_graceful_shutdown=1, timeout_keep_alive=60,
        )  # fmt: skip
        server = uvicorn.Server(config)
        serving = asyncio.ensure_future(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"https://localhost:{port}/", context
        finally:
            server.should_exit = True
            await serving


async def _app(_: Any, receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    length = str(len(ANSWER)).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": ANSWER})


async def _take(ask: Ask, at_a_time: int, seconds: float) -> Sample:
    watch, count = Stopwatch(), 0
    clock = asyncio.get_running_loop().time
    ends = clock() + seconds

    async def repeat() -> None:
        nonlocal count
        own = 0
        while own < AT_LEAST or clock() < ends:
            await ask()
            own += 1
        count += own

    with watch.running():
        await asyncio.gather(*(repeat() for _ in range(at_a_time)))
    return watch.per(count)


@asynccontextmanager
async def _event_loop(uvloop: bool) -> AsyncIterator[asyncio.AbstractEventLoop]:
    loop: asyncio.AbstractEventLoop = (extras.uvloop if uvloop else asyncio).new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        await trio.to_thread.run_sync(thread.join)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


@asynccontextmanager
async def _opened(loop: asyncio.AbstractEventLoop, stack: AsyncioStack) -> AsyncIterator[Ask]:
    opened = AsyncExitStack()
    ask = await _done(loop, _entered(opened, stack))
    try:
        yield ask
    finally:
        await _done(loop, opened.aclose())


async def _entered(opened: AsyncExitStack, stack: AsyncioStack) -> Ask:
    return await opened.enter_async_context(stack())


async def _done(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    """What it comes to on that loop, without a thread that would take turns with it meanwhile."""
    future: Future[T] = asyncio.run_coroutine_threadsafe(work, loop)
    return await trio.to_thread.run_sync(future.result)
