"""A server: ready sockets and a TLS context in, a handler's replies out, until it is stopped or crashes."""

import socket
import time
from collections.abc import Sequence
from functools import partial
from ssl import SSLContext
from typing import cast

import trio
from hypercorn.config import Config

from simulator.machine import MachineFailure
from simulator.net.http import Handler
from simulator.net.limits import ServerLimits
from simulator.net.network import Address
from simulator.net.server.accepting import accept_all
from simulator.net.server.application import Application
from simulator.net.server.asgi import ASGIApp
from simulator.net.server.connection import Connection
from simulator.net.server.connection_limit import ConnectionLimit
from simulator.net.server_report import Report, ServerFault
from simulator.net.tls.context_when_used import ContextWhenUsed
from simulator.net.tls.tls import TLSStream
from simulator.trace.events import TLSFailure


def listening_socket(port: int = 0) -> socket.socket:
    """A socket that listens on a loopback port: a free one, or one that `reserved_port` has reserved."""
    ready = reserved_port(port)
    ready.listen(1024)
    return ready


def reserved_port(port: int = 0) -> socket.socket:
    """A socket that keeps a loopback port from everybody else without listening there: whoever connects is refused.

    `port` 0 means any. Raises OSError where somebody listens.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setblocking(False)
    try:
        bound.bind(("127.0.0.1", port))
    except OSError:
        bound.close()
        raise
    return bound


async def serve(
    sockets: Sequence[socket.socket],
    ssl_context: SSLContext | ContextWhenUsed,
    handler: Handler,
    *,
    name: str,
    report: Report,
    limits: ServerLimits | None = None,
    task_status: trio.TaskStatus["Server"] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serve HTTPS on `sockets` until stopped; to be started with `nursery.start`, which returns the Server.

    Cancelling it is a crash: the sockets close at once, whatever is in flight. No failure of a peer, of a connection
    or of the handler ends it; they go to `report`. `name` is how reports call this server. Closes the sockets.
    """
    limits = limits or ServerLimits()
    server = Server(Application(name, handler, limits, report), name, limits, report)
    addresses = tuple(Address(*ready.getsockname()) for ready in sockets)
    listeners = [
        trio.SSLListener(
            trio.SocketListener(trio.socket.from_stdlib_socket(ready)),
            cast("SSLContext", ssl_context),
            https_compatible=True,
        )
        for ready in sockets
    ]
    await server.run(addresses, listeners, task_status)


class Server:
    """A running server, for whoever started it."""

    def __init__(self, application: Application, name: str, limits: ServerLimits, report: Report) -> None:
        self.addresses: tuple[Address, ...] = ()
        """Where it listens."""
        self.handshakes = 0
        """How many connections it has let in so far, also those whose TLS handshake failed."""
        self._application = application
        self._connect = partial(Connection, name, ASGIApp(application), _config(limits), limits, report=report)
        self._connection_limit = ConnectionLimit(limits.connections, limits.connections_per_peer)
        self._name = name
        self._report = report
        self._connections: dict[Connection, None] = {}
        self._accepting = trio.CancelScope()
        self._all = trio.CancelScope()
        self._ended = trio.Event()

    @property
    def connections(self) -> int:
        """How many connections are open now."""
        return len(self._connections)

    @property
    def busy(self) -> int:
        """On how many of them a request is being served."""
        return sum(not connection.idle for connection in self._connections)

    @property
    def held(self) -> int:
        """Bytes of requests' bodies that it holds now."""
        return self._application.held

    async def run(
        self,
        addresses: tuple[Address, ...],
        listeners: Sequence[trio.SSLListener[trio.SocketStream]],
        task_status: trio.TaskStatus["Server"],
    ) -> None:
        """Accept and serve connections until stopped, crashed or cancelled."""
        self.addresses = addresses
        try:
            with self._all:
                async with trio.open_nursery() as connections:
                    task_status.started(self)
                    with self._accepting:
                        async with trio.open_nursery() as accepting:
                            for listener in listeners:
                                accepting.start_soon(accept_all, listener, self._serve, connections, self._no_room)
        finally:
            self._ended.set()

    async def stop(self, grace: float = 3) -> None:
        """Stop in good order: take no more connections, let requests in flight end within `grace` seconds."""
        self._all.deadline = trio.current_time() + grace
        self._accepting.cancel()
        for connection in list(self._connections):
            connection.stop()
        await self._ended.wait()

    async def crash(self) -> None:
        """End now: every connection breaks, whatever is in flight on it."""
        self._all.cancel()
        await self._ended.wait()

    def _no_room(self, failure: MachineFailure) -> None:
        self._report(ServerFault(self._name, "accept", MachineFailure(f"{self._name} {failure}")))

    async def _serve(self, stream: TLSStream) -> None:
        try:
            peer: tuple[str, int] = stream.transport_stream.socket.getpeername()
        except OSError:
            return  # gone before it came in
        connection = self._connect(stream)
        with self._connection_limit.admit(peer[0], connection) as refusal:
            if refusal is not None:
                self._report(TLSFailure(server=self._name, reason=refusal, peer=peer, started=time.time()))
                await trio.aclose_forcefully(stream)
                return
            self.handshakes += 1
            self._connections[connection] = None
            try:
                await connection.run()
            finally:
                del self._connections[connection]


class _Config(Config):
    """hypercorn's, which would write the date anew for each reply."""

    _second = 0
    _headers: list[tuple[bytes, bytes]]

    def response_headers(self, protocol: str) -> list[tuple[bytes, bytes]]:
        """As hypercorn has it; what it adds is the same for a second."""
        second = int(time.time())
        if second != self._second:
            self._second, self._headers = second, super().response_headers(protocol)
        return self._headers


def _config(limits: ServerLimits) -> Config:
    """What hypercorn has to know of the limits; it logs nothing."""
    config = _Config()
    config.accesslog = None
    config.errorlog = None
    config.include_server_header = False
    config.keep_alive_max_requests = 2**62
    config.h11_max_incomplete_size = limits.head
    return config
