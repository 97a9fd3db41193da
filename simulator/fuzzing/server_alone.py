"""One server without a provider behind it, on loopback, and clients of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import field
from functools import partial

import trio

from simulator.dataclass import dataclass
from simulator.net import (
    Authority,
    ClientLimits,
    Handler,
    HTTPClient,
    Network,
    Server,
    ServerFault,
    ServerLimits,
    listening_socket,
    serve,
)
from simulator.trace import Recorder, TLSFailure

NAME, HOST, CLIENT = "a.example", "ds.a.example", "b.example"


@dataclass
class ServerAlone:
    """A running server, for HOST."""

    server: Server
    authority: Authority
    network: Network
    reports: list[TLSFailure | ServerFault] = field(default_factory=list)
    """What it has told of itself: nothing, as long as all is well."""

    def client(self) -> HTTPClient:
        """Of another provider: to be opened."""
        return HTTPClient(CLIENT, self.network, self.authority.client_context(), Recorder(), limits=ClientLimits())


@asynccontextmanager
async def open_server(handler: Handler, limits: ServerLimits) -> AsyncIterator[ServerAlone]:
    """A server that answers as `handler` does."""
    authority, network, reports = Authority(), Network(), list[TLSFailure | ServerFault]()
    context = authority.server_context(authority.identity(NAME, HOST))
    run = partial(serve, [listening_socket()], context, handler, name=NAME, report=reports.append, limits=limits)
    async with trio.open_nursery() as nursery:
        server: Server = await nursery.start(run)
        network.bind(HOST, server.addresses[0])
        yield ServerAlone(server, authority, network, reports)
        nursery.cancel_scope.cancel()
