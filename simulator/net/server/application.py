"""Between an HTTP version and a handler: one request in as a value, one reply out."""

from contextlib import nullcontext
from typing import Protocol

import trio

from simulator.net.http import Handler, HTTPReply, HTTPRequest, PeerFacts
from simulator.net.limits import ServerLimits
from simulator.net.request_head import RequestHead
from simulator.net.server.body_memory import BodyMemory, Share
from simulator.net.server.fair_queue import FairQueue
from simulator.net.server_report import Report, ServerFault

HEADER = 32
"""What each header costs besides its own bytes (RFC 9113 10.5.1)."""

BUSY = HTTPReply(503, (("retry-after", "1"),))
"""For a request that can't be taken now, through no fault of its own."""


class Abandoned(Exception):
    """The peer went away, or reset its request, before its body was complete."""


class Exchange(Protocol):
    """One request and its reply, on a connection of either HTTP version."""

    @property
    def head(self) -> RequestHead:
        """The request without its body."""
        ...

    @property
    def peer(self) -> PeerFacts:
        """Who asks."""
        ...

    @property
    def arrived(self) -> bool:
        """Whether the whole body is here, so that receiving it takes no time."""
        ...

    async def receive(self) -> bytes | bytearray:
        """The next piece of the body; empty at its end. Raises Abandoned."""
        ...

    async def reply(self, reply: HTTPReply) -> None:
        """Send the reply. Over when the peer has it, does not take it, or is gone."""
        ...

    def hang_up(self) -> None:
        """End the connection now, with everything that runs on it."""
        ...


class Application:
    """Reads a request whole, asks the handler, sends the reply.

    A request is always read to its end before it is answered: on HTTP/1.1 an early answer gets lost.
    """

    def __init__(self, server: str, handler: Handler, limits: ServerLimits, report: Report) -> None:
        self._server = server
        self._handler = handler
        self._limits = limits
        self._report = report
        self._fair_queue = FairQueue(limits.turns_per_peer, limits.turn_seconds)
        self._memory = BodyMemory(limits.bodies, max(limits.bodies_per_peer, limits.body))

    @property
    def held(self) -> int:
        """Bytes of bodies that are being received or worked on."""
        return self._memory.held()

    async def __call__(self, exchange: Exchange) -> None:
        """Serve one request to its end. Raises nothing but cancellation."""
        address = exchange.peer.address[0]
        with self._memory.share(address) as share:
            body = _Body(self._limits, share)
            try:
                with nullcontext() if exchange.arrived else trio.move_on_after(self._limits.body_seconds):
                    await body.read(exchange)
            except Abandoned:
                return
            if not body.complete:
                exchange.hang_up()
                return
            async with self._fair_queue.take(address):
                reply = self._refusal(exchange.head, body) or await self._reply(_request(exchange, body))
                await exchange.reply(reply)

    def _refusal(self, head: RequestHead, body: "_Body") -> HTTPReply | None:
        """What no handler is asked for."""
        status = head.refusal
        if status is None and self._too_large(head):
            status = 431
        if status is not None:
            return HTTPReply(status)
        return BUSY if body.unwelcome else None

    def _too_large(self, head: RequestHead) -> bool:
        """What came in one piece was never incomplete, so that the limits of h11 and h2 do not see it."""
        size = len(head.path) + len(head.query) + sum(len(name) + len(value) + HEADER for name, value in head.headers)
        return len(head.headers) > self._limits.headers or size > self._limits.head

    async def _reply(self, request: HTTPRequest) -> HTTPReply:
        try:
            with trio.move_on_after(self._limits.reply_seconds):
                return await self._handler(request)
        except Exception as error:  # the handler's own fault: its server goes on
            self._report(ServerFault(self._server, "handler", error))
            return HTTPReply(500)
        return HTTPReply(503)


class _Body:
    """A request's body as it comes in, never more of it in memory than the limit, and than there is room for."""

    def __init__(self, limits: ServerLimits, share: Share) -> None:
        self._limits = limits
        self._share = share
        self._received = 0
        self._content = bytearray()
        self.complete = False
        self.unwelcome = False
        """There was no room for it among the other bodies."""

    async def read(self, exchange: Exchange) -> None:
        """Read to the end, or until it is too much even for draining. Raises Abandoned."""
        while self._received <= self._limits.body + self._limits.drain:
            data = await exchange.receive()
            if not data:
                self.complete = True
                return
            self._received += len(data)
            self.unwelcome = self.unwelcome or not self._share.take(len(data))
            if self.too_large or self.unwelcome:
                self._content = bytearray()
                self._share.give_back()
            else:
                self._content += data

    @property
    def too_large(self) -> bool:
        return self._received > self._limits.body

    def content(self) -> bytes:
        """The whole body; it is handed over."""
        content, self._content = self._content, bytearray()
        return bytes(content)


def _request(exchange: Exchange, body: _Body) -> HTTPRequest:
    head = exchange.head
    return HTTPRequest(
        authority=head.authority,
        method=head.method,
        path=head.path,
        query=head.query,
        headers=head.headers,
        body=body.content(),
        peer=exchange.peer,
        body_too_large=body.too_large,
    )
