"""What tests of the wire run on: an authority, a network, a recorder, and real servers on loopback."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from ssl import SSLContext
from typing import Any

import trio

from simulator.net import (
    Address,
    Authority,
    ClientLimits,
    Credential,
    Handler,
    HTTPClient,
    HTTPReply,
    HTTPRequest,
    Identity,
    Network,
    Server,
    ServerFault,
    ServerLimits,
    listening_socket,
    serve,
)
from simulator.trace import Recorder, TLSFailure

Stream = trio.SSLStream[trio.SocketStream]


class Echo:
    """A handler that answers with the request's body and keeps the requests."""

    def __init__(self) -> None:
        self.requests: list[HTTPRequest] = []

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        self.requests.append(request)
        return HTTPReply(200, (("content-type", "application/octet-stream"),), request.body)


@dataclass
class Loopback:
    nursery: trio.Nursery
    exits: AsyncExitStack
    authority: Authority = field(default_factory=Authority)
    network: Network = field(default_factory=Network)
    recorder: Recorder = field(default_factory=Recorder)
    reports: list[TLSFailure | ServerFault] = field(default_factory=list)
    reported: trio.Event = field(default_factory=trio.Event)

    @property
    def refusals(self) -> list[str]:
        """Why handshakes failed, as the servers saw it."""
        return [report.reason for report in self.reports if isinstance(report, TLSFailure)]

    def report(self, event: TLSFailure | ServerFault) -> None:
        self.reports.append(event)
        self.reported.set()

    async def serve(
        self,
        handler: Handler,
        *,
        name: str = "a.example",
        identity: Credential | None = None,
        mutual_tls: bool = False,
        **limits: Any,
    ) -> Server:
        """A server for `name` and `ds.name`, with a good certificate unless told otherwise."""
        context = self.authority.server_context(
            identity or self.authority.identity(name, f"ds.{name}"), mutual_tls=mutual_tls
        )
        start = partial(
            serve,
            [listening_socket()],
            context,
            handler,
            name=name,
            report=self.report,
            limits=replace(ServerLimits(), **limits),
        )
        server: Server = await self.nursery.start(start)
        for host in (name, f"ds.{name}"):
            self.network.bind(host, server.addresses[0])
        return server

    async def client(
        self,
        *,
        context: SSLContext | None = None,
        identity: Identity | None = None,
        http2: bool = False,
        certified: bool = False,
        **limits: Any,
    ) -> HTTPClient:
        """A client that speaks for b.example."""
        context = context or self.authority.client_context(identity, http2=http2)
        client = HTTPClient(
            "b.example",
            self.network,
            context,
            self.recorder,
            http2=http2,
            limits=replace(ClientLimits(), **limits),
            certified=certified,
        )
        return await self.exits.enter_async_context(client)

    async def connect(
        self,
        context: SSLContext | None = None,
        *,
        name: str = "ds.a.example",
        source: str | None = None,
        strict: bool = False,
    ) -> Stream:
        """A bare TLS connection, from a loopback address. If `strict`, an end without close_notify is an error."""
        stream = await self.dial(name, source)
        secured = trio.SSLStream(
            stream, context or self.authority.client_context(), server_hostname=name, https_compatible=not strict
        )
        await secured.do_handshake()
        return secured

    async def dial(self, name: str = "ds.a.example", source: str | None = None) -> trio.SocketStream:
        """A bare TCP connection."""
        address = self.network.lookup(name)
        assert address is not None
        return await self.exits.enter_async_context(
            await trio.open_tcp_stream(address.host, address.port, local_address=source)
        )

    async def impostor(self, behave: Callable[[Stream], Awaitable[None]], *, alpn: str = "http/1.1") -> None:
        """A server for ds.a.example with a good certificate that does with a connection what it likes."""
        context = self.authority.server_context(self.authority.identity("a.example", "ds.a.example"))
        context.set_alpn_protocols([alpn])

        async def run(stream: Stream) -> None:
            await stream.do_handshake()
            await behave(stream)

        [tcp] = await trio.open_tcp_listeners(0, host="127.0.0.1")
        listener = trio.SSLListener(tcp, context, https_compatible=True)
        self.nursery.start_soon(partial(trio.serve_listeners, run, [listener]))
        self.network.bind("ds.a.example", Address(*tcp.socket.getsockname()))


async def receive_all(stream: Stream) -> bytes:
    """Everything until the peer closes."""
    data = bytearray()
    while chunk := await stream.receive_some():
        data += chunk
    return bytes(data)
