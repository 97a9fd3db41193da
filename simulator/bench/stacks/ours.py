"""The simulator's own adapters: `net.serve` and `net.HTTPClient`, recording everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import trio

from simulator.bench.stacks.asking import ANSWER, REQUEST, Ask
from simulator.net import Authority, HTTPClient, HTTPReply, HTTPRequest, Network, Server, listening_socket, serve
from simulator.trace import Recorder

HOST = "b.example"
_URL = f"https://{HOST}/"


@asynccontextmanager
async def ours(*, http2: bool = False, size: int = len(REQUEST)) -> AsyncIterator[Ask]:
    """A provider's server and another's client; `size` octets go up."""
    authority, network, body = Authority(), Network(), bytes(size)
    async with trio.open_nursery() as nursery:
        context = authority.server_context(authority.identity(HOST))
        server: Server = await nursery.start(
            partial(serve, [listening_socket()], context, _answer, name=HOST, report=_report)
        )
        network.bind(HOST, server.addresses[0])
        context = authority.client_context(http2=http2)
        async with HTTPClient("a.example", network, context, Recorder(), http2=http2) as client:

            async def ask() -> None:
                reply = await client.request("POST", _URL, body)
                if reply.body != ANSWER:
                    raise RuntimeError(f"the server answered {reply.status}")

            yield ask
        nursery.cancel_scope.cancel()


async def _answer(_: HTTPRequest) -> HTTPReply:
    return HTTPReply(200, (), ANSWER)


def _report(fault: object) -> None:
    raise RuntimeError(f"the server failed: {fault}")
