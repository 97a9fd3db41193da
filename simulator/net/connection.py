"""One TLS connection of a server: the handshake, then one HTTP version; its failures stay with it."""

import time
from math import inf

import trio

from simulator.machine import machine_failure
from simulator.net.application import Application
from simulator.net.http import PeerFacts
from simulator.net.limits import ServerLimits
from simulator.net.report import Report, ServerFault
from simulator.net.server_http1 import ServerHTTP1
from simulator.net.server_http2 import ServerHTTP2
from simulator.net.tls import HandshakeError, TLSFacts, TLSStream, accept, close
from simulator.trace.events import TLSFailure

WRITE = 64 * 1024
"""Bytes written at a time: for each of these the peer has its time."""

LINGER = 2
"""Seconds for a peer to stop sending when the server closes for what it has sent."""


class Connection:
    """Serves what comes on a stream that was accepted. The bytes are HTTP/2 where the TLS handshake has agreed on it,
    and else HTTP/1.1, whatever they look like (RFC 9113 3.2).
    """

    def __init__(
        self, server: str, application: Application, limits: ServerLimits, stream: TLSStream, report: Report
    ) -> None:
        self.stopping = False
        """It ends when no request is being served on it."""
        self.asked = False
        """The peer has asked for something."""
        self.idle = True
        """No request is being served."""
        self._server = server
        self._application = application
        self._limits = limits
        self._stream = stream
        self._report = report
        self._life = trio.CancelScope()
        self._reading = trio.CancelScope()
        self._deadline = inf
        self._whole = False
        self._linger = 0.0
        self._facts: TLSFacts
        self._client: tuple[str, int]

    async def run(self) -> None:
        """Serve the connection to its end. Raises nothing but cancellation, which leaves the stream open."""
        try:
            with self._life:
                await self._converse()
        except* OSError as group:  # the peer is gone, unless it is this machine that can't go on
            failure = machine_failure(group, f"{self._server} can't serve a connection")
            if failure is not None:
                self._report(ServerFault(self._server, "connection", failure))
        except* trio.BrokenResourceError:
            pass
        except* Exception as group:
            for error in group.exceptions:
                self._report(ServerFault(self._server, "connection", error))
        if self._whole:
            await close(self._stream, linger=self._linger)

    async def _converse(self) -> None:
        self._client = self._stream.transport_stream.socket.getpeername()
        started = time.time()
        try:
            self._facts = await accept(self._stream, self._limits.handshake_seconds)
        except HandshakeError as error:
            self._report(TLSFailure(server=self._server, reason=str(error), peer=self._client, started=started))
            return
        self._whole = True
        http = ServerHTTP2 if self._facts.alpn == "h2" else ServerHTTP1
        await http(self, self._application, self._limits).run()

    def hang_up(self) -> None:
        """End the connection now, with everything that runs on it."""
        self._life.cancel()

    def stop(self) -> None:
        """End the connection as soon as no request is being served on it."""
        self.stopping = True
        if self.idle:
            self._wait(0)

    def peer(self, http_version: str) -> PeerFacts:
        """Who is at the other end."""
        facts = self._facts
        return PeerFacts(http_version, facts.version, facts.cipher, facts.certificate, self._client)

    def rest(self, seconds: float) -> None:
        """No request is being served: wait so long for the next, from now on, and no longer."""
        self.idle = True
        self._wait(0 if self.stopping else seconds)

    def work(self) -> None:
        """A request is being served: wait for the peer's bytes as long as that takes."""
        self.idle = False
        self.asked = True
        self._wait(inf)

    def _wait(self, seconds: float) -> None:
        self._deadline = self._reading.deadline = trio.current_time() + seconds

    async def read(self, most: int) -> bytes | bytearray:
        """The next bytes, at most so many; none when the peer has closed, or waiting for it is over."""
        with trio.CancelScope(deadline=self._deadline) as self._reading:
            try:
                return await self._stream.receive_some(most)
            except (trio.ClosedResourceError, trio.BrokenResourceError):
                pass
        return b""

    async def write(self, data: bytes) -> None:
        """Bytes to the peer. Raises trio.BrokenResourceError where it is gone. One task at a time."""
        rest = memoryview(data)
        self._whole = False
        while rest:
            with trio.move_on_after(self._limits.send_seconds) as sending:
                await self._stream.send_all(rest[:WRITE])
            if sending.cancelled_caught:
                self.hang_up()
                raise trio.BrokenResourceError("the peer does not read")
            rest = rest[WRITE:]
        self._whole = True

    def linger(self) -> None:
        """The peer may be sending still when the connection is closed: give it time to hear of that."""
        self._linger = LINGER
