"""The server's side of HTTP/2 on one connection: hypercorn's, mended where it is not what RFC 9113 asks for."""

from contextlib import suppress
from functools import partial
from typing import Any

import h2.config
import h2.connection
import h2.events
import h2.settings
from h2.errors import ErrorCodes
from h2.exceptions import ProtocolError
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol.events import Body, EndBody, Request
from hypercorn.protocol.h2 import StreamBuffer
from hypercorn.typing import ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable, Scope
from hypercorn.utils import filter_pseudo_headers

from simulator.net.limits import ServerLimits
from simulator.net.server.http2_frames import FrameFilter, Unacceptable
from simulator.net.server.link import Link
from simulator.net.server.server_replies import ServerReplies
from simulator.net.server.server_stream import ServerStream

HEADER_LIST = 64 * 1024
"""Bytes of a request's headers, decompressed, at which decoding ends, and with it the connection."""


class ServerHTTP2(ServerReplies):
    """Any number of requests at a time, until one side closes. Takes what hypercorn's own does, behind two of ours."""

    READ = 4 * 1024
    """Bytes read at a time: no more than can be worked on between two turns of others, in the smallest frames too."""

    def __init__(self, link: Link, limits: ServerLimits, *hypercorn: Any) -> None:
        super().__init__(link, limits, *hypercorn)
        self.connection = _h2(limits)  # hypercorn's own invites to WebSockets
        self._filter = FrameFilter(
            frame=self.connection.local_settings.max_frame_size,
            header_block=limits.header_block,
            idle_frames=limits.idle_frames,
        )
        self._undelivered: dict[int, ServerStream] = {}

    @property
    def timeout(self) -> float:
        """Seconds for the next request: less, if the peer has said that it is about to leave."""
        return self._limits.head_seconds if self._filter.goaway else self._limits.keep_alive_seconds

    async def handle(self, event: Event) -> None:
        """Bytes of the peer, or its end. Requests that are complete are answered after that end, too, as far as the
        windows are open: hypercorn would take them from the application, and wait for the windows for ever.
        """
        if isinstance(event, RawData):
            await self._receive(event.data)
        elif isinstance(event, Closed):
            self._ended = True
            for stream in list(self.streams.values()):
                if not stream.complete:
                    await self._close_stream(stream.stream_id)
            await self._window_updated(None)
            await self._close_if_over()

    async def _receive(self, data: bytes) -> None:
        """h2 sees what the filter lets pass."""
        try:
            events = self.connection.receive_data(self._filter.feed(data))
        except Unacceptable as error:
            await self._say_goodbye(error.code)
            await self.send(Closed())
        except ProtocolError:  # h2 has its GOAWAY ready
            self._ended = self._goodbye = True
            self._link.linger()
            await self._flush()
            await self.send(Closed())
        else:
            await self._handle_events(events)

    async def _handle_events(self, events: list[h2.events.Event]) -> None:
        """hypercorn's fails on data and ends of streams that are gone, gives data's window back at once, and passes on
        each piece of data by itself, however small: here those that came together are one.
        """
        for event in events:
            match event:
                case h2.events.DataReceived(stream_id=number):
                    self._data_received(number, event.data, event.flow_controlled_length)
                case h2.events.StreamEnded(stream_id=number) if number in self.streams:
                    await self._stream_ended(self.streams[number])
                case h2.events.RequestReceived() | h2.events.StreamReset():
                    await super()._handle_events([event])
                case h2.events.WindowUpdated() | h2.events.RemoteSettingsChanged():
                    await super()._handle_events([event])
        while self._undelivered:
            await self._deliver(next(iter(self._undelivered.values())))
        await self._flush()

    def _data_received(self, stream_id: int, data: bytes, size: int) -> None:
        """`size` is what it takes of the peer's window: of that, the application's part is given back when it has
        taken it, so that it never holds more than a window of each stream.
        """
        stream = self.streams.get(stream_id)
        kept = len(data) if stream else 0
        self._give_back(stream_id, size - kept)
        if stream and data:
            stream.untaken += kept
            stream.size += kept
            stream.undelivered += data
            self._undelivered[stream_id] = stream

    async def _deliver(self, stream: ServerStream) -> None:
        if self._undelivered.pop(stream.stream_id, None):
            data, stream.undelivered = bytes(stream.undelivered), bytearray()
            await stream.handle(Body(stream.stream_id, data))

    async def _stream_ended(self, stream: ServerStream) -> None:
        """A body that is not as long as its head says is no request (RFC 9113 8.1.1)."""
        if stream.has_its_length():
            stream.complete = True
            await self._deliver(stream)
            await stream.handle(EndBody(stream.stream_id))
        else:
            if self._is_open(stream.stream_id):
                self.connection.reset_stream(stream.stream_id, ErrorCodes.PROTOCOL_ERROR)
            await self._close_stream(stream.stream_id)

    async def _create_stream(self, request: h2.events.RequestReceived) -> None:
        """hypercorn would take a WebSocket, write methods in upper case, and fail on what is not ASCII or not there."""
        if len(self._unanswered) >= self._limits.requests_per_connection:
            # h2 counts open streams. A peer that resets each at once would never have too many, and every one of its
            # requests would still be served.
            await self._say_goodbye(ErrorCodes.ENHANCE_YOUR_CALM)
            self._link.hang_up()
            return
        given = dict(request.headers)
        path = given.get(b":path", b"")
        headers = filter_pseudo_headers(request.headers)
        headers += [(b":protocol", value) for name, value in request.headers if name == b":protocol"]
        stream_id = request.stream_id
        stream = self.streams[stream_id] = ServerStream(
            headers,
            self.app,
            self.config,
            self.context,
            self.task_group,
            self.ssl,
            self.client,
            self.server,
            self.stream_send,
            stream_id,
        )
        self._serving[stream_id] = stream
        stream.app = partial(self._serve, stream)
        self.stream_buffers[stream_id] = StreamBuffer(self.context.event_class)
        self.priority.insert_stream(stream_id)
        self._unanswered.add(stream_id)
        method = given[b":method"].decode("latin-1")
        path = path if path.isascii() else b""  # neither is a path
        await stream.handle(Request(stream_id, headers, "2", method, path, self.connection_state))

    async def _serve(
        self,
        stream: ServerStream,
        scope: Scope,
        receive: ASGIReceiveCallable,
        send: ASGISendCallable,
        sync_spawn: Any,
        call_soon: Any,
    ) -> None:
        """Have one request served."""

        async def take() -> ASGIReceiveEvent:
            message = await receive()
            if message["type"] == "http.request":
                taken = min(stream.untaken, len(message["body"]))
                stream.untaken -= taken
                self._give_back(stream.stream_id, taken)
                await self._flush()
            return message

        try:
            await self.app(scope, take, send, sync_spawn, call_soon)
        finally:
            await self._forget(stream)

    async def _forget(self, stream: ServerStream) -> None:
        self._give_back(stream.stream_id, stream.untaken)
        stream.untaken = 0
        self._unanswered.discard(stream.stream_id)
        await self._drop(stream.stream_id)
        del self._serving[stream.stream_id]
        if not self._serving:
            await self.send(Updated(idle=True))
        await self._close_if_over()

    async def _close_if_over(self) -> None:
        if self._ended and not self._serving:
            self.closed = True
            await self.has_data.set()

    def _give_back(self, stream_id: int, size: int) -> None:
        """The peer may send so much more."""
        if size:
            with suppress(ProtocolError):  # the connection is closed
                self.connection.acknowledge_received_data(size, stream_id)


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
