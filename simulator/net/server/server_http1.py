"""The server's side of HTTP/1.1 on one connection: hypercorn's, mended where it is not what RFC 9112 asks for."""

import re
from typing import Any

import h11
from hypercorn.events import Closed, Event, RawData
from hypercorn.protocol.events import Request
from hypercorn.protocol.h11 import STREAM_ID, H11Protocol
from hypercorn.protocol.http_stream import HTTPStream
from hypercorn.typing import H11SendableEvent

from simulator.net.limits import ServerLimits
from simulator.net.plain_http1 import PlainRequest, plain_request
from simulator.net.server.link import Link
from simulator.net.server.plain_exchange import PlainExchange

_EMPTY_LINES = re.compile(rb"(?:\r?\n)*")


class ServerHTTP1(H11Protocol):
    """One request after the other, until one side closes. Takes what hypercorn's own does, behind two of ours."""

    READ = 16 * 1024
    """Bytes read at a time: no more than can be worked on between two turns of others, in chunks of one byte too."""

    def __init__(self, link: Link, limits: ServerLimits, *hypercorn: Any) -> None:
        super().__init__(*hypercorn)
        self.connection = _Parser(h11.SERVER, max_incomplete_event_size=self.config.h11_max_incomplete_size)
        self._link = link
        self._limits = limits
        self._begun = True  # the first head is waited for from the handshake on
        self._before_head: bytes | None = b""
        self._unsent = b""

    @property
    def timeout(self) -> float:
        """Seconds for the next request: less, from its first byte on."""
        return self._limits.head_seconds if self._begun else self._limits.keep_alive_seconds

    async def handle(self, event: Event) -> None:
        """Bytes of the peer, or its end. A request that is complete is answered after that end, too: hypercorn would
        take it from the application.
        """
        if isinstance(event, RawData):
            plain = plain_request(event.data) if self._before_head == b"" else None
            await (self._begin(event.data) if plain is None else self._serve(event.data, plain))
        elif isinstance(event, Closed) and self.connection.their_state in (h11.SEND_BODY, h11.ERROR):
            await super().handle(event)

    async def _serve(self, data: bytes, request: PlainRequest) -> None:
        """A plain request, from its beginning to its end; nothing of the next one is read meanwhile."""
        exchange = PlainExchange(self, data, request)
        self._link.turn(idle=False)
        await self.app(exchange.scope, exchange.receive, exchange.send, _nothing, _nothing)
        await exchange.end()

    async def replied(self, data: bytes) -> None:
        """Send the whole reply to a plain request, and be ready for the next."""
        await self._link.write(data)
        self._begun = False
        self._link.turn(idle=True)

    async def _begin(self, data: bytes) -> None:
        """Without the empty lines in front, which some clients send behind a body (RFC 9112 2.2); h11 refuses them."""
        if not self._begun:
            self._begun = True
            self._link.turn(idle=True)
        if self._before_head is not None:
            data = _without_empty_lines(self._before_head + data)
            self._before_head = data if data in (b"", b"\r") else None
        if self._before_head is None:
            await super().handle(RawData(data))

    async def _check_protocol(self, event: h11.Request) -> None:
        """hypercorn would switch to HTTP/2 here, which is agreed on in TLS or not at all (RFC 9113 3.2)."""

    async def _create_stream(self, request: h11.Request) -> None:
        """hypercorn would take a WebSocket, and write methods in upper case (RFC 9110 9.1)."""
        self.stream = HTTPStream(
            self.app,
            self.config,
            self.context,
            self.task_group,
            self.ssl,
            self.client,
            self.server,
            self.stream_send,
            STREAM_ID,
        )
        await self.stream.handle(
            Request(
                stream_id=STREAM_ID,
                headers=list(request.headers),
                http_version=request.http_version.decode("ascii"),
                method=request.method.decode("ascii"),
                raw_path=request.target,
                state=self.connection_state,
            )
        )

    async def _send_h11_event(self, event: H11SendableEvent) -> None:
        """hypercorn would write the parts of a reply one by one."""
        self._unsent += self.connection.send(event) or b""
        if isinstance(event, h11.InformationalResponse | h11.EndOfMessage):
            data, self._unsent = self._unsent, b""
            await self.send(RawData(data))

    async def _send_error_response(self, status_code: int) -> None:
        """hypercorn would close at once, and the peer, which may be sending still, hear nothing of why."""
        self._link.linger()
        await super()._send_error_response(status_code)

    async def _maybe_recycle(self) -> None:
        """What came behind a request may begin with empty lines, too."""
        early, _ = self.connection.trailing_data
        self._begun = bool(early)
        await super()._maybe_recycle()
        if self.connection.our_state is h11.IDLE:
            early = _without_empty_lines(bytes(early))
            self._before_head = early if early in (b"", b"\r") else None
            self.connection = _Parser(h11.SERVER, max_incomplete_event_size=self.config.h11_max_incomplete_size)
            if self._before_head is None:
                self.connection.receive_data(early)


class _Parser(h11.Connection):
    """Nothing is read behind a request before that is answered: what comes there may be the next one, or an end that
    would take TLS's other direction with it, or nothing to look at, where the connection ends with the answer.
    """

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """As h11 has it, which pauses for some of that."""
        complete = self.their_state in (h11.DONE, h11.MUST_CLOSE)
        return h11.PAUSED if complete else super().next_event()


def _without_empty_lines(data: bytes) -> bytes:
    found = _EMPTY_LINES.match(data)
    return data[found.end() :] if found else data


def _nothing(*_: object) -> Any:
    """For the ways into threads that hypercorn offers to applications which are not asynchronous."""
