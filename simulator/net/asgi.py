"""The ASGI application between hypercorn and a handler: one request in as a value, one reply out."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

import trio
from hypercorn.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

from simulator.net.http import Handler, HTTPReply, HTTPRequest, PeerFacts, decode_headers, encode_headers
from simulator.net.limits import ServerLimits
from simulator.net.report import Report, ServerFault
from simulator.net.tls import TLSFacts
from simulator.net.turns import Turns

HEADER = 32
"""What each header costs besides its own bytes (RFC 9113 10.5.1)."""


class Link(Protocol):
    """What the application needs from the connection it is used on; in `scope["extensions"]["connection"]`."""

    def hang_up(self) -> None:
        """End the connection now, with everything that runs on it."""

    def replying(self) -> AbstractContextManager[object]:
        """Write a reply in the `with` block; it is left when the peer does not take the reply or is gone."""


class App:
    """Reads a request whole, asks the handler, sends the reply.

    A request is always read to its end before it is answered: an early answer gets lost on HTTP/1.1 and confuses
    hypercorn on HTTP/2.
    """

    def __init__(self, server: str, handler: Handler, limits: ServerLimits, report: Report) -> None:
        self._server = server
        self._handler = handler
        self._limits = limits
        self._report = report
        self._turns = Turns(limits.turns_per_peer, limits.turn_seconds)

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":  # a WebSocket handshake, the only other thing that a connection can bring
            await send({"type": "websocket.close", "code": 1008, "reason": None})
            return
        body = _Body(self._limits)
        with trio.move_on_after(self._limits.body_seconds):
            await body.read(receive)
        if body.abandoned:
            return
        link: Link = scope["extensions"]["connection"]  # type: ignore[assignment]  # hypercorn says dict
        if not body.complete:
            link.hang_up()
            return
        request = _request(scope, body)
        async with self._turns.take(request.peer.address[0]):
            reply = HTTPReply(431) if self._head_too_large(request) else await self._reply(request)
            with link.replying():
                await _send(send, reply)

    def _head_too_large(self, request: HTTPRequest) -> bool:
        """What came in one piece was never incomplete, so that the limits of hypercorn's protocols do not see it."""
        size = len(request.path) + sum(len(name) + len(value) + HEADER for name, value in request.headers)
        return len(request.headers) > self._limits.headers or size > self._limits.head

    async def _reply(self, request: HTTPRequest) -> HTTPReply:
        try:
            with trio.move_on_after(self._limits.reply_seconds):
                return await self._handler(request)
        except Exception as error:  # the handler's own fault: its server goes on
            self._report(ServerFault(self._server, "handler", error))
            return HTTPReply(500)
        return HTTPReply(503)


class _Body:
    """A request's body as it comes in, never more of it in memory than the limit."""

    def __init__(self, limits: ServerLimits) -> None:
        self._limits = limits
        self._received = 0
        self._chunks: list[bytes] = []
        self.complete = False
        self.abandoned = False
        """The peer went away."""

    async def read(self, receive: ASGIReceiveCallable) -> None:
        """Read to the end, or until it is too much even for draining."""
        while not self.complete and self._received <= self._limits.body + self._limits.drain:
            message: Any = await receive()
            if message["type"] == "http.disconnect":
                self.abandoned = True
                return
            self._received += len(message["body"])
            if self.too_large:
                self._chunks.clear()
            else:
                self._chunks.append(message["body"])
            self.complete = not message["more_body"]

    @property
    def too_large(self) -> bool:
        return self._received > self._limits.body

    @property
    def content(self) -> bytes:
        return b"".join(self._chunks)


def _request(scope: HTTPScope, body: _Body) -> HTTPRequest:
    headers = decode_headers(list(scope["headers"]))
    authority = next((value for name, value in headers if name == "host"), "")
    path = scope["raw_path"].decode("latin-1")
    if path.startswith(("https://", "http://")):  # absolute form, RFC 9112 3.2.2: the target's authority wins
        authority, _, path = path.partition("://")[2].partition("/")
        path = f"/{path}"
    facts: TLSFacts = scope["extensions"]["tls"]  # type: ignore[assignment]  # hypercorn says dict
    return HTTPRequest(
        authority=authority,
        method=scope["method"],
        path=path,
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=body.content,
        peer=PeerFacts(
            http_version=scope["http_version"],
            tls_version=facts.version,
            cipher=facts.cipher,
            certificate=facts.certificate,
            address=scope["client"] or ("", 0),
        ),
        body_too_large=body.too_large,
    )


async def _send(send: ASGISendCallable, reply: HTTPReply) -> None:
    headers = encode_headers(reply.headers)
    headers.append((b"content-length", b"%d" % len(reply.body)))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body, "more_body": False})
