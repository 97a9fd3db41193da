"""A small HTTP/1.1 server on loopback without TLS, one request a connection: for tools of the same machine."""

import h11
import trio

from simulator.net import Address, Handler, HTTPReply, HTTPRequest, PeerFacts
from simulator.net.http import decode_headers, encode_headers

KIBIBYTE = 1024
HEAD = 16 * KIBIBYTE
"""A request's line and headers, in bytes."""
BODY = 1024 * KIBIBYTE
"""The largest body that a handler gets."""
DRAIN = 16 * BODY
"""How much of a larger one is read and thrown away, so that the answer arrives; then the peer is cut off."""
CONNECTIONS = 64
"""Served at a time; further ones wait in line."""
READ_SECONDS = 30.0
"""For a whole request."""
WRITE_SECONDS = 30.0


async def serve_plain(handler: Handler, *, task_status: trio.TaskStatus[Address] = trio.TASK_STATUS_IGNORED) -> None:
    """Serve on a free port of 127.0.0.1 until cancelled; started with where that is.

    What a peer does wrong ends its own connection and nothing else. The handler must not raise.
    """
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    places = trio.CapacityLimiter(CONNECTIONS)

    async def converse(stream: trio.SocketStream) -> None:
        async with places:
            try:
                await _Conversation(stream).run(handler)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                return  # the peer is gone

    async with trio.open_nursery() as nursery:
        await nursery.start(trio.serve_listeners, converse, [listener])
        task_status.started(Address(*listener.socket.getsockname()))


class _Conversation:
    """One request and its answer."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self._stream = stream
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD)
        self._wants_body = True

    async def run(self, handler: Handler) -> None:
        """Read, ask the handler, answer. Nothing is said to a peer that has left or takes too long."""
        request: HTTPRequest | None = None
        try:
            with trio.move_on_after(READ_SECONDS):
                request = await self._read()
        except h11.RemoteProtocolError as error:
            await self._write(HTTPReply(error.error_status_hint, body=f"{error}\n".encode()))
            return
        if request is not None:
            await self._write(await handler(request))

    async def _read(self) -> HTTPRequest | None:
        head = await self._next()
        if not isinstance(head, h11.Request):
            return None
        self._wants_body = head.method != b"HEAD"
        size, chunks = 0, []
        while size <= BODY + DRAIN and isinstance(event := await self._next(), h11.Data):
            size += len(event.data)
            chunks.append(event.data if size <= BODY else b"")
        headers = decode_headers(list(head.headers))
        path, _, query = head.target.decode("latin-1").partition("?")
        return HTTPRequest(
            authority=next((value for name, value in headers if name == "host"), ""),
            method=head.method.decode("latin-1"),
            path=path,
            query=query,
            headers=headers,
            body=b"".join(chunks) if size <= BODY else b"",
            peer=PeerFacts("1.1", "", "", None, self._stream.socket.getpeername()),
            body_too_large=size > BODY,
        )

    async def _next(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                await self._stream.send_all(self._bytes(h11.InformationalResponse(status_code=100, headers=[])))
            self._http.receive_data(await self._stream.receive_some())
        return event

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
