"""The server's side of HTTP/1.1 on one connection: h11 between its bytes and the application."""

import re
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from math import inf

import h11

from simulator.net.application import Abandoned, Exchange
from simulator.net.http import HTTPReply, PeerFacts, decode_headers, encode_headers
from simulator.net.limits import ServerLimits
from simulator.net.link import Link
from simulator.net.request_head import RequestHead, head_of

READ = 16 * 1024
"""Bytes read at a time: no more than can be worked on between two turns of others, in chunks of one byte too."""

_EMPTY_LINES = re.compile(rb"(?:\r?\n)*")


class ServerHTTP1:
    """One request after the other, until one side closes."""

    def __init__(self, link: Link, serve: Callable[[Exchange], Awaitable[None]], limits: ServerLimits) -> None:
        self._link = link
        self._serve = serve
        self._limits = limits

    async def run(self) -> None:
        """Serve the connection to its end."""
        early: bytes | None = b""
        seconds = inf  # the first head is waited for from the handshake on
        self._link.rest(self._limits.head_seconds)
        while early is not None:
            exchange = _Exchange(self._link, h11.Connection(h11.SERVER, max_incomplete_event_size=self._limits.head))
            if not await exchange.begin(early, seconds):
                return
            self._link.work()
            await self._serve(exchange)
            early, seconds = exchange.end(), self._limits.head_seconds
            self._link.rest(seconds if early else self._limits.keep_alive_seconds)


class _Exchange:
    """One request and its reply; has a parser of its own."""

    head: RequestHead

    def __init__(self, link: Link, http: h11.Connection) -> None:
        self._link = link
        self._http = http
        self._last = False

    @property
    def peer(self) -> PeerFacts:
        """Who asks."""
        return self._link.peer(self.head.version)

    async def begin(self, early: bytes, seconds: float) -> bool:
        """Read the head, from `early` on, bytes that came with the request before. From its first byte on it has
        `seconds`, if that is not early. Whether there is one: the peer may close instead, say nothing, or say what is
        no HTTP.
        """
        begun = bool(early) or seconds == inf
        data = _without_empty_lines(early)
        while data in (b"", b"\r"):
            more = await self._link.read(READ)
            if not more:
                return False
            if not begun:
                self._link.rest(seconds)
            begun = True
            data = _without_empty_lines(data + more)
        self._http.receive_data(data)
        event = await self._next()
        if not isinstance(event, h11.Request):
            return False
        headers = decode_headers(list(event.headers))
        method, target = event.method.decode("ascii"), event.target.decode("latin-1")
        self.head = head_of(event.http_version.decode("ascii"), method, target, headers)
        names = {name for name, _ in headers}
        # A request with two lengths may be an attack on whoever is in between (RFC 9112 6.1). What is no HTTP/1.1 may
        # be framed in another way, and whoever wants another protocol has nothing to say in this one.
        self._last = names >= {"content-length", "transfer-encoding"} or self.head.refusal in (400, 403, 505)
        return True

    async def receive(self) -> bytes | bytearray:
        """The next piece of the body."""
        if self._http.they_are_waiting_for_100_continue:
            go_on = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
            await self._link.write(self._http.send(go_on))
        event = await self._next()
        if isinstance(event, h11.Data):
            return event.data
        if isinstance(event, h11.EndOfMessage):
            return b""
        raise Abandoned

    async def _next(self) -> h11.Event | None:
        """What comes next; None where the peer is gone, or was told that this is no HTTP."""
        try:
            while (event := self._http.next_event()) is h11.NEED_DATA:
                data = await self._link.read(READ)
                if not data:
                    return None
                self._http.receive_data(bytes(data))
        except h11.RemoteProtocolError as error:
            await self._refuse(error.error_status_hint)
            return None
        return event if isinstance(event, h11.Event) else None

    async def _refuse(self, status: int) -> None:
        self._last = True
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            await self.reply(HTTPReply(status))

    async def reply(self, reply: HTTPReply) -> None:
        """Send the reply in one piece."""
        headers = [*encode_headers(reply.headers), (b"date", formatdate(usegmt=True).encode())]
        bodiless = reply.status == 204
        if not bodiless:
            headers.append((b"content-length", b"%d" % len(reply.body)))
        if self._last or self._link.stopping:
            self._last = True
            headers.append((b"connection", b"close"))
        parts = [self._http.send(h11.Response(status_code=reply.status, headers=headers))]
        if not (bodiless or reply.status == 304 or self._is_head()):
            parts.append(self._http.send(h11.Data(data=reply.body)))
        parts.append(self._http.send(h11.EndOfMessage()))
        if self._last:
            self._link.linger()
        await self._link.write(b"".join(part for part in parts if part))

    def _is_head(self) -> bool:
        return hasattr(self, "head") and self.head.method == "HEAD"

    def end(self) -> bytes | None:
        """The bytes that came behind the request; None where the connection ends here."""
        if self._last or self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return None
        return bytes(self._http.trailing_data[0])

    def hang_up(self) -> None:
        """End the connection now."""
        self._link.hang_up()


def _without_empty_lines(data: bytes) -> bytes:
    """Without the empty lines in front, which some clients send behind a body (RFC 9112 2.2)."""
    found = _EMPTY_LINES.match(data)
    return data[found.end() :] if found else data
