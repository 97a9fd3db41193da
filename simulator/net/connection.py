"""One TLS connection of a server: hypercorn's TCP server, trimmed and made to keep its failures to itself."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

import trio
from hypercorn.config import Config
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol import ProtocolWrapper
from hypercorn.protocol.h2 import H2Protocol
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.trio.task_group import TaskGroup
from hypercorn.trio.tcp_server import MAX_RECV, TCPServer
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import AppWrapper, ASGIFramework, ASGIReceiveCallable, ASGISendCallable, ConnectionState, Scope
from priority.priority import PriorityError

from simulator.machine import machine_failure
from simulator.net.limits import ServerLimits
from simulator.net.report import Report, ServerFault
from simulator.net.tls import HandshakeError, TLSFacts, TLSStream, handshake
from simulator.trace.events import TLSFailure

HOLD = 64 * 1024
"""A reply longer than this leaves in pieces after all."""

LINGER = 0.02
"""Seconds between a server's last word on a connection and its end: hypercorn calls an HTTP/2 connection idle a moment
before the end of its last reply is written. (Its own way to stop, `WorkerContext.terminated`, loses that reply.)"""

STUMBLES = (UnicodeDecodeError, UnboundLocalError, KeyError, PriorityError)
"""What hypercorn's HTTP/2 code raises over bytes that HTTP/2 lets pass and it does not expect: a :method or :path that
is not ASCII, CONNECT without :path, data for a stream that has its answer, priorities that go in a circle."""


class Connection(TCPServer):
    """hypercorn's own starts a task per request just to watch the idle time, shields writes from cancellation (a crash
    would wait for a peer that does not read), writes head and body apart, hides the TLS facts and lets exceptions of
    its HTTP/2 code end the whole program. This one does none of that. Like its base it is awaited to be run.
    """

    def __init__(
        self,
        server: str,
        app: ASGIFramework,
        config: Config,
        context: WorkerContext,
        stream: TLSStream,
        limits: ServerLimits,
        report: Report,
    ) -> None:
        super().__init__(_Facing(app, self), config, context, {}, stream)
        self._server = server
        self._limits = limits
        self._report = report
        self._life = trio.CancelScope()
        self._patience = trio.CancelScope()
        self._stopping = False
        self._idle = True
        self._awaiting_head = True
        self._serving = 0
        self._held: bytearray | None = None
        self._gone = False
        self._replies: dict[trio.CancelScope, None] = {}
        self.facts: TLSFacts

    async def run(self) -> None:
        """Serve the connection to its end. Raises nothing but cancellation; whoever accepted the stream closes it."""
        try:
            with self._life:
                await self._converse()
        except* OSError as group:  # the peer is gone, unless it is this machine that can't go on
            failure = machine_failure(group, f"{self._server} can't serve a connection")
            if failure is not None:
                self._report(ServerFault(self._server, "connection", failure))
        except* Exception as group:
            for error in group.exceptions:
                self._report(ServerFault(self._server, "connection", error))

    @contextmanager
    def request(self) -> Iterator[None]:
        """One more request is served for the time of a `with` block. The one too many ends the connection.

        HTTP/2's own limit counts streams. A peer that resets each stream at once would never reach it, and every one
        of its requests would still be served.
        """
        self._serving += 1
        if self._serving > self._limits.requests_per_connection:
            self.hang_up()
        try:
            yield
        finally:
            self._serving -= 1

    def hang_up(self) -> None:
        """End the connection now, with everything that runs on it."""
        self._life.cancel()

    def stop(self) -> None:
        """End the connection as soon as no request is being served on it."""
        self._stopping = True
        if self._idle:
            self._wait(LINGER)

    @contextmanager
    def replying(self) -> Iterator[None]:
        """Write one reply. On HTTP/1.1 it is kept back until it is complete; HTTP/2 has its own framing.

        hypercorn waits on HTTP/2 for the peer to open its window, for ever, even when the peer is gone. So here the
        reply is dropped then; and the peer, if it leaves the window shut for too long.
        """
        on_http2 = self.facts.alpn == "h2"
        if not on_http2:
            self._held = bytearray()
        with trio.CancelScope(deadline=trio.current_time() + self._limits.send_seconds if on_http2 else inf) as sending:
            self._replies[sending] = None
            if self._gone:
                sending.cancel()
            try:
                yield
            finally:
                del self._replies[sending]
        if sending.cancelled_caught and not self._gone:
            self.hang_up()

    async def _converse(self) -> None:
        socket = self.stream.transport_stream.socket
        client = socket.getpeername()
        try:
            self.facts = await handshake(self.stream, self._limits.handshake_seconds)
        except HandshakeError as error:
            self._report(TLSFailure(server=self._server, reason=str(error), peer=client, started=time.time()))
            return
        async with TaskGroup() as self._task_group:
            self.protocol = ProtocolWrapper(
                self.app,
                self.config,
                self.context,
                self._task_group,
                ConnectionState({}),
                True,
                client,
                socket.getsockname(),
                self.protocol_send,
                self.facts.alpn,
            )
            await self.protocol.initiate()
            await self._read_data()

    async def _read_data(self) -> None:
        self._wait(self._limits.head_seconds)
        with self._patience:
            while data := await self._receive():
                if self._idle and not self._awaiting_head:
                    self._awaiting_head = True
                    self._wait(self._limits.head_seconds)
                try:
                    await self.protocol.handle(RawData(bytes(data)))
                except STUMBLES:
                    self.hang_up()
        self._gone = True
        for reply in self._replies:
            reply.cancel()
        await self.protocol.handle(Closed())

    async def _receive(self) -> bytes | bytearray:
        try:
            return await self.stream.receive_some(MAX_RECV)
        except (trio.ClosedResourceError, trio.BrokenResourceError):
            return b""

    async def protocol_send(self, event: Event) -> None:
        """What hypercorn's protocol wants done: bytes out, the end, or a change between idle and busy."""
        if isinstance(event, RawData):
            if self._held is not None and len(self._held) < HOLD:
                self._held += event.data
            else:
                await self._write(event.data)
            return
        await self._write()
        if isinstance(event, Closed):
            await self.stream.aclose()
            await self.protocol.handle(Closed())
        elif isinstance(event, Updated) and event.idle:
            self._become_idle()
        else:
            self._become_busy()

    def _become_busy(self) -> None:
        self._idle = False
        self._patience.deadline = inf

    def _become_idle(self) -> None:
        self._idle = True
        # On HTTP/2 bytes may come without a request behind them; a half-sent head is only waited for on HTTP/1.1.
        http = self.protocol.protocol
        begun = isinstance(http, H11Protocol) and bool(http.connection.trailing_data[0])
        self._awaiting_head = begun or isinstance(http, H2Protocol)
        self._wait(self._limits.head_seconds if begun else self._limits.keep_alive_seconds)

    def _wait(self, seconds: float) -> None:
        """Wait so long for the peer's next request, from now on."""
        self._patience.deadline = trio.current_time() + (LINGER if self._stopping else seconds)

    async def _write(self, data: bytes = b"") -> None:
        held, self._held = self._held, None
        data = bytes(held) + data if held else data
        if not data:
            return
        async with self.send_lock:
            try:
                with trio.fail_after(self._limits.send_seconds):
                    await self.stream.send_all(data)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                await self.protocol.handle(Closed())
            except trio.TooSlowError:
                self.hang_up()


class _Facing(AppWrapper):
    """The application as seen from one connection: every scope says what the connection knows."""

    def __init__(self, app: ASGIFramework, connection: Connection) -> None:
        self._app = app
        self._connection = connection

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable, sync_spawn: object, call_soon: object
    ) -> None:
        # hypercorn says dict of dicts, and forgets that a lifespan scope, which never comes here, has none
        extensions: dict[str, object] = scope["extensions"]  # type: ignore[typeddict-item, assignment]
        extensions["tls"] = self._connection.facts
        extensions["connection"] = self._connection
        with self._connection.request():
            await self._app(scope, receive, send)
