"""One TLS connection of a server: hypercorn's TCP server, with our TLS, and with failures that stay where they are."""

import time
from math import inf
from typing import TYPE_CHECKING

import trio
from hypercorn.config import Config
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.trio.task_group import TaskGroup
from hypercorn.trio.tcp_server import TCPServer
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import AppWrapper, ASGIFramework, ASGIReceiveCallable, ASGISendCallable, ConnectionState, Scope

from simulator.machine import machine_failure
from simulator.net.begun import Begun
from simulator.net.limits import ServerLimits
from simulator.net.server.server_http1 import ServerHTTP1
from simulator.net.server_report import Report, ServerFault
from simulator.net.tls.immediate_io import ImmediateIO
from simulator.net.tls.tls import HandshakeError, TLSFacts, TLSStream, accept, close
from simulator.trace.events import TLSFailure

if TYPE_CHECKING:
    from simulator.net.server.server_http2 import ServerHTTP2

WRITE = 64 * 1024
"""Bytes written at a time: for each of these the peer has its time."""

LINGER = 2
"""Seconds for a peer to stop sending when the server closes for what it has sent."""


class Connection(TCPServer):
    """Serves what comes on a stream that was accepted. The bytes are HTTP/2 where the TLS handshake has agreed on it,
    and else HTTP/1.1, whatever they look like (RFC 9113 3.2): hypercorn's own looks at the bytes, too.

    hypercorn's own also starts a task per request to watch the idle time, shields writes from cancellation (a crash
    would wait for a peer that does not read), and closes without a close_notify.
    """

    def __init__(
        self, server: str, app: ASGIFramework, config: Config, limits: ServerLimits, stream: TLSStream, report: Report
    ) -> None:
        super().__init__(_Facing(app, self), config, WorkerContext(max_requests=None), {}, stream)
        self.stopping = False
        """It ends when no request is being served on it."""
        self.asked = False
        """The peer has asked for something."""
        self.idle = True
        """No request is being served."""
        self.facts: TLSFacts
        """What the handshake has agreed on."""
        self._io: ImmediateIO
        self._http: ServerHTTP1 | ServerHTTP2
        self._server = server
        self._limits = limits
        self._report = report
        self._scope = trio.CancelScope()
        self._listening = trio.CancelScope()
        self._in_one_go = False
        self._later: float | None = None
        self._whole = False
        self._linger = 0.0

    async def run(self) -> None:
        """Serve the connection to its end. Raises nothing but cancellation, which leaves the stream open."""
        try:
            with self._scope:
                await self._converse()
        except* (OSError, trio.BrokenResourceError) as group:
            self._peer_is_gone(group)
        except* Exception as group:
            for error in group.exceptions:
                self.fail(error)
        if self._whole:
            await close(self.stream, linger=self._linger)

    async def _converse(self) -> None:
        socket = self.stream.transport_stream.socket
        client, started = socket.getpeername(), time.time()
        try:
            self.facts = await accept(self.stream, self._limits.handshake_seconds)
        except HandshakeError as error:
            self._report(TLSFailure(server=self._server, reason=str(error), peer=client, started=started))
            return
        self._whole = True
        self._io = ImmediateIO(self.stream)
        http: type[ServerHTTP1 | ServerHTTP2] = _http2() if self.facts.alpn == "h2" else ServerHTTP1
        async with TaskGroup() as tasks:
            self._http = http(
                self,
                self._limits,
                self.app,
                self.config,
                self.context,
                tasks,
                ConnectionState({}),
                True,
                client,
                socket.getsockname(),
                self.protocol_send,
            )
            self._wait(self._limits.head_seconds)
            await self._http.initiate()
            await self._read_data()

    async def _read_data(self) -> None:
        with self._listening:
            while data := await self._receive():
                await self._handle(RawData(bytes(data)))
        await self._http.handle(Closed())

    async def _handle(self, event: RawData) -> None:
        """A request that is answered without waiting for anything does not stop the time, but begins it anew."""
        self._in_one_go = True
        try:
            handling = Begun(self._http.handle(event))
        finally:
            self._in_one_go = False
            self._wait_anew()
        if not handling.done:
            await handling

    def _wait_anew(self) -> None:
        seconds, self._later = self._later, None
        if seconds is not None:
            self._wait(seconds)

    async def _receive(self) -> bytes | bytearray:
        """The next bytes; none when the peer has closed, or waiting for it is over, also in this very moment: what came
        with its end is not begun.
        """
        try:
            data = await self._io.receive_some(self._http.READ)
        except (trio.ClosedResourceError, trio.BrokenResourceError):
            return b""
        return b"" if self._listening.cancel_called else data

    async def protocol_send(self, event: Event) -> None:
        """What the HTTP version wants done: bytes out, no more bytes in, or a change between idle and busy."""
        if isinstance(event, RawData):
            await self.write(event.data)
        elif isinstance(event, Closed):
            self._listening.cancel()
        elif isinstance(event, Updated):
            self.turn(idle=event.idle)

    async def write(self, data: bytes) -> None:
        """Bytes to the peer, which has its time for them."""
        if self.send_lock.locked():
            await self.send_lock.acquire()
        else:
            self.send_lock.acquire_nowait()  # with no other task's turn in between, as `acquire` has it
        try:
            await self._write(data)
        finally:
            self.send_lock.release()

    def turn(self, *, idle: bool) -> None:
        """From now on no request is served, or one is."""
        self.idle = idle
        self.asked = self.asked or not idle
        self._later = self._http.timeout if idle else inf
        if not self._in_one_go:
            self._wait_anew()

    async def _write(self, data: bytes) -> None:
        await trio.lowlevel.checkpoint_if_cancelled()
        rest = memoryview(data)
        self._whole = False
        try:
            while rest:
                if not self._io.send_at_once(rest[:WRITE]):
                    with trio.move_on_after(self._limits.send_seconds) as sending:
                        await self._io.send_rest()
                    if sending.cancelled_caught:
                        self.hang_up()
                        return
                rest = rest[WRITE:]
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            self._listening.cancel()
        else:
            self._whole = True

    def _wait(self, seconds: float) -> None:
        """Wait so long for the peer's bytes, from now on."""
        self._listening.deadline = trio.current_time() + (0 if self.idle and self.stopping else seconds)

    def hang_up(self) -> None:
        """End the connection now, with everything that runs on it."""
        self._scope.cancel()

    def stop(self) -> None:
        """End the connection as soon as no request is being served on it."""
        self.stopping = True
        if self.idle:
            self._wait(0)

    def linger(self) -> None:
        """The peer may be sending still when the connection is closed: give it time to hear of that."""
        self._linger = LINGER

    def fail(self, error: Exception) -> None:
        """Report what has failed here."""
        failure = machine_failure(error, f"{self._server} can't serve a connection")
        self._report(ServerFault(self._server, "connection", failure or error))

    def _peer_is_gone(self, error: Exception) -> None:
        """Unless it is this machine that can't go on."""
        if machine_failure(error) is not None:
            self.fail(error)


def _http2() -> "type[ServerHTTP2]":
    """Imported where the first peer speaks it."""
    from simulator.net.server.server_http2 import ServerHTTP2

    return ServerHTTP2


class _Facing(AppWrapper):
    """The application as seen from one connection: every scope says what the connection knows, and what the
    application does not contain itself is reported, where hypercorn's task group would log it.
    """

    def __init__(self, app: ASGIFramework, connection: Connection) -> None:
        self._app = app
        self._connection = connection

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable, sync_spawn: object, call_soon: object
    ) -> None:
        # hypercorn says dict of dicts, and forgets that a lifespan scope, which never comes here, has none
        extensions: dict[str, object] = scope["extensions"]  # type: ignore[typeddict-item, assignment]
        extensions["connection"] = self._connection
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            self._connection.fail(error)
            self._connection.hang_up()
