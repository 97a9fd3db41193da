"""hypercorn and httpx as their documentation has them: `serve` with a certificate file, one `AsyncClient`."""

import ssl
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, cast

import httpx
import trio
import trustme
from hypercorn.config import Config
from hypercorn.trio import serve

from simulator.bench.stacks.asking import ANSWER, REQUEST, Ask

_ATTEMPTS = 5
"""How often a request that got no answer is sent again."""


@asynccontextmanager
async def documented(*, http2: bool = False) -> AsyncIterator[Ask]:
    """A server, and a client with a pool."""
    async with (
        documented_server("localhost") as (url, context),
        httpx.AsyncClient(verify=context, http2=http2, timeout=60) as client,
    ):

        async def ask() -> None:
            for _ in range(_ATTEMPTS):  # hypercorn ends a connection after 1,000 requests, with all that is on it
                with suppress(httpx.TransportError):
                    await post(client, url)
                    return
            await post(client, url)

        yield ask


async def post(client: httpx.AsyncClient, url: str) -> None:
    """One request and its answer."""
    if (await client.post(url, content=REQUEST)).content != ANSWER:
        raise RuntimeError("the server's answer is another")


@asynccontextmanager
async def documented_server(*names: str) -> AsyncIterator[tuple[str, ssl.SSLContext]]:
    """Its URL, and the context of a client that trusts it."""
    authority = trustme.CA()
    context = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
    with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
        pem.write(authority.issue_cert(*names).private_key_and_cert_chain_pem.bytes())
        pem.flush()
        config = Config()
        config.bind = ["localhost:0"]
        config.certfile = config.keyfile = pem.name
        config.errorlog = None
        async with trio.open_nursery() as nursery:
            urls = cast("list[str]", await nursery.start(partial(serve, _app, config, mode="asgi")))
            yield f"https://localhost:{urls[0].rpartition(':')[2]}/", context
            nursery.cancel_scope.cancel()


async def _app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise NotImplementedError("no lifespan")  # how an application tells hypercorn so
    while (await receive()).get("more_body"):
        pass
    length = str(len(ANSWER)).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": ANSWER})
