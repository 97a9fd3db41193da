"""A small HTTP/1.1 server on loopback without TLS, one request a connection: for tools of the same machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import h11
import trio

from simulator.machine import MachineFailure
from simulator.net import Address, Handler, HTTPReply, HTTPRequest, PeerFacts
from simulator.net.http import decode_headers, encode_headers
from simulator.net.server.accepting import accept_all

KIBIBYTE = 1024
HEAD = 16 * KIBIBYTE
"""A request's line and headers, in bytes."""
BODY = 1024 * KIBIBYTE
"""The largest body that a handler gets."""
DRAIN = 16 * BODY
"""How much of a larger one is read and thrown away, so that the answer arrives; then the peer is cut off."""
CONNECTIONS = 64
"""Served at a time; further ones wait in line."""
WAITING = 256
"""Connections whose request has not been let in yet. One more, and the one that has waited longest is closed: whoever
says only half of a request keeps nobody out."""
READ_SECONDS = 30.0
"""For a whole request."""
WRITE_SECONDS = 30.0
LINGER_SECONDS = 1.0
"""In which a peer that is refused may end what it was sending, so that it reads why."""

Admit = Callable[[HTTPRequest], HTTPReply | None]


async def serve_plain(
    handler: Handler,
    admit: Admit = lambda _: None,
    report: Callable[[MachineFailure], None] = lambda _: None,
    *,
    task_status: trio.TaskStatus[Address] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serve on a free port of 127.0.0.1 until cancelled; started with where that is.

    `admit` judges a request by its head: what it answers is all that the peer gets, and nothing of its body is kept.
    What a peer does wrong ends its own connection and nothing else. Neither function may raise. `report` hears that
    this machine has no room for a connection.
    """
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    places, waiting = trio.CapacityLimiter(CONNECTIONS), _Waiting(WAITING)

    async def converse(stream: trio.SocketStream) -> None:
        try:
            conversation = _Conversation(stream, stream.socket.getpeername())
            with waiting.place():
                request = await conversation.head(admit)
            if request is not None:
                async with places:
                    await conversation.answer(request, handler)
        except (trio.BrokenResourceError, trio.ClosedResourceError, OSError):
            return  # the peer is gone, or was before we asked who it is

    async with trio.open_nursery() as nursery:
        address = Address(*listener.socket.getsockname())
        nursery.start_soon(accept_all, listener, converse, nursery, report)
        task_status.started(address)


class _Waiting:
    """Who has not said yet what it wants, or who it is."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._scopes: dict[trio.CancelScope, None] = {}

    @contextmanager
    def place(self) -> Iterator[None]:
        """Wait for the time of a `with` block, which is cancelled where somebody newer needs the place."""
        if len(self._scopes) >= self._most:
            oldest = next(iter(self._scopes))
            del self._scopes[oldest]
            oldest.cancel()
        with trio.CancelScope(deadline=trio.current_time() + READ_SECONDS) as scope:
            self._scopes[scope] = None
            try:
                yield
            finally:
                self._scopes.pop(scope, None)
        if scope.cancelled_caught:
            raise trio.ClosedResourceError


class _Conversation:
    """One request and its answer."""

    def __init__(self, stream: trio.SocketStream, peer: tuple[str, int]) -> None:
        self._stream = stream
        self._peer = peer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD)
        self._wants_body = True

    async def head(self, admit: Admit) -> HTTPRequest | None:
        """The request without its body; None where it has its answer already."""
        try:
            head = await self._next()
        except h11.RemoteProtocolError as error:
            await self._refuse(_malformed(error))
            return None
        if not isinstance(head, h11.Request):
            return None
        self._wants_body = head.method != b"HEAD"
        headers = decode_headers(list(head.headers))
        path, _, query = head.target.decode("latin-1").partition("?")
        request = HTTPRequest(
            authority=next((value for name, value in headers if name == "host"), ""),
            method=head.method.decode("latin-1"),
            path=path,
            query=query,
            headers=headers,
            body=b"",
            peer=PeerFacts("1.1", "", "", None, self._peer),
        )
        refusal = admit(request)
        if refusal is None:
            return request
        await self._refuse(refusal)
        return None

    async def answer(self, request: HTTPRequest, handler: Handler) -> None:
        """Read the body, ask the handler, answer. Nothing is said to a peer that takes too long."""
        try:
            with trio.move_on_after(READ_SECONDS) as reading:
                request = await self._whole(request)
        except h11.RemoteProtocolError as error:
            await self._write(_malformed(error))
            return
        if not reading.cancelled_caught:
            await self._write(await handler(request))

    async def _whole(self, request: HTTPRequest) -> HTTPRequest:
        size, chunks = 0, []
        while size <= BODY + DRAIN and isinstance(event := await self._next(), h11.Data):
            size += len(event.data)
            chunks.append(event.data if size <= BODY else b"")
        return replace(request, body=b"".join(chunks) if size <= BODY else b"", body_too_large=size > BODY)

    async def _next(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                await self._stream.send_all(self._bytes(h11.InformationalResponse(status_code=100, headers=[])))
            self._http.receive_data(await self._stream.receive_some())
        return event

    async def _refuse(self, reply: HTTPReply) -> None:
        """Answer, and let pass what the peer still sends: closing before that would take the answer back from it."""
        await self._write(reply)
        with trio.move_on_after(LINGER_SECONDS):
            await self._stream.send_eof()
            while await self._stream.receive_some():
                pass

    async def _write(self, reply: HTTPReply) -> None:
        headers = [
            *encode_headers(reply.headers),
            (b"content-length", b"%d" % len(reply.body)),
            (b"connection", b"close"),
        ]
        parts: list[h11.Event] = [h11.Response(status_code=reply.status, headers=headers)]
        parts += [h11.Data(data=reply.body)] * self._wants_body
        with trio.move_on_after(WRITE_SECONDS):
            await self._stream.send_all(b"".join(map(self._bytes, [*parts, h11.EndOfMessage()])))

    def _bytes(self, event: h11.Event) -> bytes:
        return self._http.send(event) or b""


def _malformed(error: h11.RemoteProtocolError) -> HTTPReply:
    return HTTPReply(error.error_status_hint, body=f"{error}\n".encode())
