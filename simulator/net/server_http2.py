"""The server's side of HTTP/2 on one connection: h2 between its bytes and the application."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.utils import formatdate

import h2.config
import h2.connection
import h2.events
import h2.settings
import trio
from h2.errors import ErrorCodes
from h2.exceptions import ProtocolError

from simulator.net.application import Abandoned, Exchange
from simulator.net.http import HTTPReply, PeerFacts, decode_headers, encode_headers
from simulator.net.http2_frames import FrameFilter, Unacceptable
from simulator.net.limits import ServerLimits
from simulator.net.link import Link
from simulator.net.request_head import RequestHead, head_of_http2

READ = 4 * 1024
"""Bytes read at a time: no more than can be worked on between two turns of others, in the smallest frames too."""

WRITE = 64 * 1024
"""Bytes of a body that are written at a time."""

HEADER_LIST = 64 * 1024
"""Bytes of a request's headers, decompressed, at which decoding ends, and with it the connection."""


class ServerHTTP2:
    """Any number of requests at a time, until one side closes.

    Replies take turns frame by frame, in no order: priorities are ignored, as RFC 9113 5.3.2 allows.
    """

    def __init__(self, link: Link, serve: Callable[[Exchange], Awaitable[None]], limits: ServerLimits) -> None:
        self.link = link
        self.limits = limits
        self.http = _h2(limits)
        self.ended = False
        """Nothing that the peer sends counts any more, window updates neither."""
        self.moved = trio.Event()
        """Set, and replaced, when the peer may have opened a window."""
        self._serve = serve
        self._filter = FrameFilter(
            frame=self.http.local_settings.max_frame_size,
            header_block=limits.header_block,
            idle_frames=limits.idle_frames,
        )
        self._streams: dict[int, _Stream] = {}
        self._serving = 0
        self._unanswered: set[_Stream] = set()
        self._goodbye = False
        self._writing = trio.Lock()
        self._nursery: trio.Nursery

    async def run(self) -> None:
        """Serve the connection to its end."""
        self.link.rest(self.limits.head_seconds)
        self.http.initiate_connection()
        await self.flush()
        async with trio.open_nursery() as self._nursery:
            await self._listen()
            self.ended = True
            for stream in self._streams.values():
                stream.abandon()
            self._wake()
        await self._say_goodbye(ErrorCodes.NO_ERROR)

    def answered(self, stream: "_Stream") -> None:
        """The last frame of a reply is ready to go: when the peer has it, it may open the next stream."""
        self._unanswered.discard(stream)

    async def flush(self) -> None:
        """Write what h2 has for the peer, unless that is gone."""
        async with self._writing:
            if data := self.http.data_to_send():
                try:
                    await self.link.write(data)
                except trio.BrokenResourceError:
                    self.ended = True
                    self._wake()

    async def _listen(self) -> None:
        while data := await self.link.read(READ):
            try:
                events = self.http.receive_data(self._filter.feed(data))
            except Unacceptable as error:
                await self._say_goodbye(error.code)
                return
            except ProtocolError:  # h2 has its GOAWAY ready
                self.ended = self._goodbye = True
                self.link.linger()
                await self.flush()
                return
            for event in events:
                self._hear(event)
            self._wake()
            if len(self._unanswered) > self.limits.requests_per_connection:
                # h2 counts open streams. A peer that resets each at once would never have too many, and every one of
                # its requests would still be served.
                await self._say_goodbye(ErrorCodes.ENHANCE_YOUR_CALM)
                self.link.hang_up()
            await self.flush()

    def _hear(self, event: h2.events.Event) -> None:
        match event:
            case h2.events.RequestReceived():
                self._begin(event)
            case h2.events.DataReceived(stream_id=number) if number in self._streams:
                self._streams[number].feed(event.data, event.flow_controlled_length)
            case h2.events.DataReceived():
                self.http.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            case h2.events.StreamEnded(stream_id=number) if number in self._streams:
                if not self._streams[number].complete():
                    self._streams.pop(number).abandon()
                    self.http.reset_stream(number, ErrorCodes.PROTOCOL_ERROR)
            case h2.events.StreamReset(stream_id=number) if number in self._streams:
                self._streams.pop(number).abandon()

    def _begin(self, event: h2.events.RequestReceived) -> None:
        head = head_of_http2(decode_headers(list(event.headers)))
        stream = self._streams[event.stream_id] = _Stream(self, event.stream_id, head)
        self._serving += 1
        self._unanswered.add(stream)
        self.link.work()
        self._nursery.start_soon(self._exchange, stream)

    async def _exchange(self, stream: "_Stream") -> None:
        try:
            await self._serve(stream)
        finally:
            stream.abandon()
            self._streams.pop(stream.number, None)
            self.answered(stream)
            self._serving -= 1
            if not self._serving:
                leaving = self._filter.goaway
                self.link.rest(self.limits.head_seconds if leaving else self.limits.keep_alive_seconds)

    def _wake(self) -> None:
        self.moved.set()
        self.moved = trio.Event()

    async def _say_goodbye(self, code: ErrorCodes) -> None:
        """GOAWAY (RFC 9113 6.8), unless one was sent."""
        if self._goodbye:
            return
        self.ended = self._goodbye = True
        self.http.close_connection(error_code=code)
        if code != ErrorCodes.NO_ERROR:
            self.link.linger()
        await self.flush()


class _Stream:
    """One request and its reply."""

    def __init__(self, connection: ServerHTTP2, number: int, head: RequestHead) -> None:
        self.head = head
        self.number = number
        self._connection = connection
        self._unread = bytearray()
        self._taken = 0  # of the peer's window, for what is unread
        self._changed = trio.Event()
        self._size = 0
        self._complete = False
        self._abandoned = False

    @property
    def peer(self) -> PeerFacts:
        """Who asks."""
        return self._connection.link.peer("2")

    def feed(self, data: bytes, size: int) -> None:
        """A piece of the body; `size` is what it takes of the peer's window."""
        self._size += len(data)
        if data and not self._abandoned:
            self._unread += data
            self._taken += size
            self._changed.set()
        else:
            self._acknowledge(size)

    def complete(self) -> bool:
        """The body is at its end; whether it is as long as its head says (RFC 9113 8.1.1)."""
        lengths = {value.lstrip("0") or "0" for name, value in self.head.headers if name == "content-length"}
        self._complete = lengths <= {str(self._size)}
        self._changed.set()
        return self._complete

    def abandon(self) -> None:
        """Nothing is read any more; what was not read does not take from the connection's window for ever."""
        self._abandoned = True
        self._changed.set()
        self._unread.clear()
        self._acknowledge_taken()

    async def receive(self) -> bytes | bytearray:
        """The next piece of the body: the peer may send as much more when it is taken."""
        while not self._unread:
            if self._complete:
                return b""
            if self._abandoned:
                raise Abandoned
            self._changed = trio.Event()
            await self._changed.wait()
        data, self._unread = self._unread, bytearray()
        self._acknowledge_taken()
        await self._connection.flush()
        return data

    async def reply(self, reply: HTTPReply) -> None:
        """Send the reply, as the peer opens its window; if it leaves it shut for too long, the connection ends."""
        with trio.move_on_after(self._connection.limits.send_seconds) as sending:
            try:
                await self._send(reply)
            except ProtocolError:
                if not (self._abandoned or self._connection.ended):
                    raise  # a reply that can't be sent is not the peer's fault
        if sending.cancelled_caught:
            self.hang_up()

    async def _send(self, reply: HTTPReply) -> None:
        http = self._connection.http
        body = memoryview(b"" if self.head.method == "HEAD" or reply.status in (204, 304) else reply.body)
        headers = [(b":status", b"%d" % reply.status), *encode_headers(reply.headers)]
        headers.append((b"date", formatdate(usegmt=True).encode()))
        if reply.status != 204:
            headers.append((b"content-length", b"%d" % len(reply.body)))
        http.send_headers(self.number, headers, end_stream=not body)
        unsent = 0
        while body:
            size = min(http.local_flow_control_window(self.number), http.max_outbound_frame_size, len(body))
            if size > 0:
                http.send_data(self.number, bytes(body[:size]), end_stream=size == len(body))
                body, unsent = body[size:], unsent + size
            if body and (size <= 0 or unsent >= WRITE):
                unsent = 0
                moved = self._connection.moved
                await self._connection.flush()
                if self._connection.ended:
                    return
                if size <= 0:
                    await moved.wait()
        self._connection.answered(self)
        await self._connection.flush()

    def hang_up(self) -> None:
        """End the connection now."""
        self._connection.link.hang_up()

    def _acknowledge_taken(self) -> None:
        size, self._taken = self._taken, 0
        self._acknowledge(size)

    def _acknowledge(self, size: int) -> None:
        if size:
            with suppress(ProtocolError):  # the connection is closed
                self._connection.http.acknowledge_received_data(size, self.number)


def _h2(limits: ServerLimits) -> h2.connection.H2Connection:
    http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding=None))
    http.local_settings = h2.settings.Settings(
        client=False,
        initial_values={
            h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: limits.requests_per_connection,
            h2.settings.SettingCodes.MAX_HEADER_LIST_SIZE: HEADER_LIST,
        },
    )
    return http
