"""What a request takes at least that httpx sends on trio over TLS, beside what one would pick instead.

The floor has nothing of HTTP but httpx's face: an `AsyncClient` whose transport writes octets that are ready to a
connection that is kept, and reads an answer of a known length. At the other end a loop reads a known length and writes
octets that are ready. TLS is `ssl` over sockets, and trio only waits for them; there is a connection for each who asks.

At 100 at a time, `request-bare-100` and `request-peer-100` ask for a twentieth of what hypercorn + httpx and uvicorn +
httpx take. What is printed is how much of that the floor reaches: when this was written 21 and 11, so that the one
leaves nothing for HTTP, checks of names, timeouts and a record of the exchange, and the other can't be had at all.

python -m tests.benchmarks.denied.requests_at_once
"""

import asyncio
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

import aiohttp
import httpx
import hypercorn
import hypercorn.trio
import trio
import trustme
import uvicorn
import uvloop

REQUEST, ANSWER = bytes(500), bytes(200)
HEADS = 180, 110
"""Octets of the headers of a request and of an answer, about."""
SECONDS, ROUNDS = 0.5, 5
GOALS = {("hypercorn + httpx", 100): 20, ("uvicorn + httpx", 100): 20}
COUNTS = 1, 10, 100

Ask = Callable[[], Awaitable[None]]
T = TypeVar("T")


async def done(secured: ssl.SSLSocket, attempt: Callable[[], T]) -> T:
    """What it comes to once the socket is ready for it."""
    while True:
        try:
            return attempt()
        except ssl.SSLWantReadError:
            await trio.lowlevel.wait_readable(secured)
        except ssl.SSLWantWriteError:
            await trio.lowlevel.wait_writable(secured)


async def secure(context: ssl.SSLContext, plain: socket.socket, **options: Any) -> ssl.SSLSocket:
    """A connection whose handshake is over."""
    plain.setblocking(False)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    secured = context.wrap_socket(plain, do_handshake_on_connect=False, **options)
    await done(secured, secured.do_handshake)
    return secured


async def answer(context: ssl.SSLContext, plain: socket.socket) -> None:
    """Every request on a connection."""
    secured, said = await secure(context, plain, server_side=True), bytes(HEADS[1]) + ANSWER
    whole = HEADS[0] + len(REQUEST)
    with suppress(OSError):
        while await done(secured, partial(secured.recv, whole)):
            secured.send(said)


class Ready(httpx.AsyncBaseTransport):
    """Octets that are ready, over connections that are kept."""

    def __init__(self, idle: list[ssl.SSLSocket]) -> None:
        self._idle = idle

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer."""
        secured = self._idle.pop()
        secured.send(bytes(HEADS[0]) + REQUEST)
        said = await done(secured, partial(secured.recv, HEADS[1] + len(ANSWER)))
        self._idle.append(secured)
        return httpx.Response(200, content=said[HEADS[1] :])


@asynccontextmanager
async def floor(server: ssl.SSLContext, client: ssl.SSLContext, _: str) -> AsyncIterator[Ask]:
    """A server, and a client that holds as many connections as anybody needs."""
    with socket.create_server(("127.0.0.1", 0), backlog=max(COUNTS)) as listener:
        async with trio.open_nursery() as nursery:
            idle = []
            for _ in range(max(COUNTS)):
                ours = socket.create_connection(listener.getsockname())
                nursery.start_soon(answer, server, listener.accept()[0])
                idle.append(await secure(client, ours, server_hostname="localhost"))
            async with httpx.AsyncClient(transport=Ready(idle)) as asking:
                yield partial(post, asking, "https://localhost/")
            nursery.cancel_scope.cancel()
            for each in idle:
                each.close()


async def post(client: httpx.AsyncClient, url: str) -> None:
    """One request and its answer; once more where hypercorn has just ended the connection."""
    for _ in range(5):
        with suppress(httpx.TransportError):
            if (await client.post(url, content=REQUEST)).content != ANSWER:
                raise RuntimeError("another answer")
            return
    raise RuntimeError("no answer")


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Reads and answers."""
    if scope["type"] != "http":
        raise NotImplementedError("no lifespan")
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-length", b"%d" % len(ANSWER))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})


@asynccontextmanager
async def documented(_: ssl.SSLContext, client: ssl.SSLContext, pem: str) -> AsyncIterator[Ask]:
    """hypercorn and httpx as documented."""
    config = hypercorn.Config()
    config.bind, config.certfile, config.keyfile, config.errorlog = ["localhost:0"], pem, pem, None
    async with trio.open_nursery() as nursery:
        urls: Any = await nursery.start(partial(hypercorn.trio.serve, app, config, mode="asgi"))
        async with httpx.AsyncClient(verify=client, timeout=60) as asking:
            yield partial(post, asking, f"https://localhost:{urls[0].rpartition(':')[2]}/")
        nursery.cancel_scope.cancel()


@asynccontextmanager
async def served(pem: str) -> AsyncIterator[str]:
    """The URL of uvicorn."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, ssl_certfile=pem, ssl_keyfile=pem, log_config=None, access_log=False,
        lifespan="off", timeout_graceful_shutdown=1, timeout_keep_alive=60,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"https://localhost:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    await serving


@asynccontextmanager
async def with_httpx(_: ssl.SSLContext, client: ssl.SSLContext, pem: str) -> AsyncIterator[Ask]:
    """uvicorn and httpx."""
    async with served(pem) as url, httpx.AsyncClient(verify=client, timeout=60) as asking:
        yield partial(post, asking, url)


@asynccontextmanager
async def with_aiohttp(_: ssl.SSLContext, client: ssl.SSLContext, pem: str) -> AsyncIterator[Ask]:
    """uvicorn and aiohttp."""
    connector = aiohttp.TCPConnector(ssl=client, limit=0)
    async with served(pem) as url, aiohttp.ClientSession(connector=connector) as asking:

        async def ask() -> None:
            async with asking.post(url, data=REQUEST) as reply:
                if await reply.read() != ANSWER:
                    raise RuntimeError("another answer")

        yield ask


async def repeat(ask: Ask, ends: float, took: list[int]) -> None:
    """Ask until then, five times at least."""
    count = 0
    while count < 5 or perf_counter() < ends:
        await ask()
        count += 1
    took.append(count)


async def by_trio(work: list[Callable[[], Awaitable[None]]]) -> None:
    """All at once."""
    async with trio.open_nursery() as nursery:
        for each in work:
            nursery.start_soon(each)


async def by_asyncio(work: list[Callable[[], Any]]) -> None:
    """All at once."""
    await asyncio.gather(*(each() for each in work))


async def measured(stack: Any, all_of: Any) -> dict[int, float]:
    """Milliseconds a request, by how many ask at a time."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.configure_trust(client)
    certificate = authority.issue_cert("localhost")
    certificate.configure_cert(server)
    figures = {}
    with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
        pem.write(certificate.private_key_and_cert_chain_pem.bytes())
        pem.flush()
        async with stack(server, client, pem.name) as ask:
            for at_a_time in COUNTS:
                took: list[int] = []
                began = perf_counter()
                await all_of([partial(repeat, ask, began + SECONDS, took)] * at_a_time)
                figures[at_a_time] = 1000 * (perf_counter() - began) / sum(took)
    return figures


def main() -> None:
    """Print it, the stacks in turn."""
    stacks: dict[str, Callable[[], dict[int, float]]] = {
        "floor": lambda: trio.run(measured, floor, by_trio),
        "hypercorn + httpx": lambda: trio.run(measured, documented, by_trio),
        "uvicorn + httpx": lambda: asyncio.run(measured(with_httpx, by_asyncio)),
        "uvicorn + aiohttp": lambda: uvloop.run(measured(with_aiohttp, by_asyncio)),
    }
    rounds = [{name: run() for name, run in stacks.items()} for _ in range(ROUNDS)]
    for name in stacks:
        for count in COUNTS:
            took = median(each[name][count] for each in rounds)
            ratio = median(each[name][count] / each["floor"][count] for each in rounds)
            goal = GOALS.get((name, count))
            print(
                f"{name:18} {count:3} at a time {took:6.3f} ms; the floor reaches x{ratio:.2f}"
                + ("" if goal is None else f", the goal is {goal}")
            )


if __name__ == "__main__":
    main()
