"""Requests per second over our server and client, against hypercorn and httpx as their documentation has them.

    python -m tests.benchmarks.bench_http

500 bytes up, 200 down, warm TLS 1.3 connections, one process. Absolute numbers say more about the machine than about
us; the ratio is measured in the same run. A few seconds in all.
"""

import ssl
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import httpx
import trio
import trustme
from hypercorn.config import Config
from hypercorn.trio import serve as hypercorn_serve

from simulator.net import Authority, HTTPClient, HTTPReply, HTTPRequest, Network, listening_socket, serve
from simulator.trace import Recorder

REQUEST = bytes(500)
ANSWER = bytes(200)
SECONDS = 0.7
CONCURRENT = (1, 10, 100)

Ask = Callable[[], Awaitable[None]]


@asynccontextmanager
async def documented(http2: bool) -> AsyncIterator[Ask]:
    """hypercorn.trio.serve with a certificate file; one httpx.AsyncClient."""
    authority = trustme.CA()
    context = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"  # how an application tells hypercorn that it has no lifespan
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"200")]})
        await send({"type": "http.response.body", "body": ANSWER})

    with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
        pem.write(authority.issue_cert("localhost").private_key_and_cert_chain_pem.bytes())
        pem.flush()
        config = Config()
        config.bind = ["localhost:0"]
        config.certfile = config.keyfile = pem.name
        config.errorlog = None
        async with trio.open_nursery() as nursery:
            [url] = await nursery.start(partial(hypercorn_serve, app, config, mode="asgi"))
            target = f"https://localhost:{url.rpartition(':')[2]}/"
            async with httpx.AsyncClient(verify=context, http2=http2) as client:

                async def ask() -> None:
                    assert (await client.post(target, content=REQUEST)).content == ANSWER

                yield ask
            nursery.cancel_scope.cancel()


@asynccontextmanager
async def ours(http2: bool) -> AsyncIterator[Ask]:
    """`serve` and `HTTPClient`, recording everything."""
    authority, network = Authority(), Network()

    async def handler(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (), ANSWER)

    async with trio.open_nursery() as nursery:
        context = authority.server_context(authority.identity("a.example", "ds.a.example"))
        server = await nursery.start(
            partial(serve, [listening_socket()], context, handler, name="a.example", report=print)
        )
        network.bind("ds.a.example", server.addresses[0])
        context = authority.client_context(http2=http2)
        async with HTTPClient("b.example", network, context, Recorder(), http2=http2) as client:

            async def ask() -> None:
                assert (await client.request("POST", "https://ds.a.example/", REQUEST)).body == ANSWER

            yield ask
        nursery.cancel_scope.cancel()


async def rate(ask: Ask, concurrent: int) -> float:
    """Requests per second with so many at a time."""
    count = 0

    async def repeat() -> None:
        nonlocal count
        while True:
            await ask()
            count += 1

    async with trio.open_nursery() as nursery:
        for _ in range(concurrent):
            nursery.start_soon(ask)
    start = trio.current_time()
    with trio.move_on_after(SECONDS):
        async with trio.open_nursery() as nursery:
            for _ in range(concurrent):
                nursery.start_soon(repeat)
    return count / (trio.current_time() - start)


async def main() -> None:
    print(f"{'':>10} {'at a time':>10} {'documented':>11} {'ours':>8} {'ratio':>6}   (requests/s)")
    for http2 in (False, True):
        for concurrent in CONCURRENT:
            rates = []
            for stack in (documented, ours):
                async with stack(http2) as ask:
                    rates.append(await rate(ask, concurrent))
            name = "HTTP/2" if http2 else "HTTP/1.1"
            print(f"{name:>10} {concurrent:>10} {rates[0]:>11.0f} {rates[1]:>8.0f} {rates[1] / rates[0]:>6.1f}")


if __name__ == "__main__":
    trio.run(main)
