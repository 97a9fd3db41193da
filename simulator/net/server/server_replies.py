"""How an HTTP/2 server sends its replies: hypercorn's way, mended where peers could hold it up or be held up by it."""

from typing import Any

import trio
from h2.errors import ErrorCodes
from hypercorn.protocol.events import EndBody, Response, StreamClosed
from hypercorn.protocol.events import Event as StreamEvent
from hypercorn.protocol.h2 import H2Protocol

from simulator.net.limits import ServerLimits
from simulator.net.server.link import Link
from simulator.net.server.round_robin import RoundRobin
from simulator.net.server.server_stream import ServerStream


class ServerReplies(H2Protocol):
    """The half of `ServerHTTP2` that sends. Takes what hypercorn's own does, behind two of ours."""

    streams: dict[int, ServerStream]  # type: ignore[assignment]  # hypercorn has WebSockets among them

    def __init__(self, link: Link, limits: ServerLimits, *hypercorn: Any) -> None:
        super().__init__(*hypercorn)
        self.priority = RoundRobin()  # type: ignore[assignment]
        self._link = link
        self._limits = limits
        self._serving: dict[int, ServerStream] = {}
        """Requests that are being worked on, those whose stream the peer has reset meanwhile among them."""
        self._unanswered: set[int] = set()
        """Of these, the ones whose reply is not ready to go to its end."""
        self._ended = False
        """Nothing that the peer sends counts any more, window updates neither."""
        self._goodbye = False
        """The connection's last frame is ready to go."""

    async def stream_send(self, event: StreamEvent) -> None:
        """hypercorn's gives the peer any time to take a reply. It also calls the connection idle when a stream is gone,
        though its request may still be worked on: here that is for `_serve` to say.
        """
        stream = self.streams.get(event.stream_id)
        if isinstance(event, StreamClosed):
            await self._close_stream(event.stream_id)
        elif stream and isinstance(event, Response):
            stream.head = event
            stream.deadline = trio.current_time() + self._limits.send_seconds
        elif stream:
            with trio.CancelScope(deadline=stream.deadline) as sending:
                await self._send_part(stream, event)
            if sending.cancelled_caught:
                self._link.hang_up()

    async def _send_part(self, stream: ServerStream, event: StreamEvent) -> None:
        """A reply's body, or its end, and the head in front of it; over when that is written."""
        head, stream.head, is_end = stream.head, None, isinstance(event, EndBody)
        if head is not None:
            await self._send_head(stream, head, end_stream=is_end)
        if head is None or not is_end:
            await super().stream_send(event)
            if is_end:
                await stream.sent.wait()

    async def _send_head(self, stream: ServerStream, head: Response, *, end_stream: bool) -> None:
        if not self._is_open(stream.stream_id):
            await self._drop(stream.stream_id)
            return
        status = (b":status", b"%d" % head.status_code)
        headers = [status, *head.headers, *self.config.response_headers("h2")]
        self.connection.send_headers(stream.stream_id, headers, end_stream=end_stream)
        if end_stream:
            self._unanswered.discard(stream.stream_id)
            await self._flush()

    async def _send_data(self, stream_id: int) -> None:
        """hypercorn's ends each reply with a frame of its own. It also keeps a reply for a peer that won't take it."""
        if not self._is_open(stream_id):  # the peer has reset it, or the connection is over
            await self._drop(stream_id)
            return
        buffer = self.stream_buffers[stream_id]
        window = self.connection.local_flow_control_window(stream_id)
        data = await buffer.pop(max(0, min(window, self.connection.max_outbound_frame_size)))
        end = buffer.complete
        if data:
            self.connection.send_data(stream_id, data, end_stream=end)
        elif end:
            self.connection.end_stream(stream_id)
        if end:
            self._unanswered.discard(stream_id)  # when the peer has that it may open the next stream
        if not data:
            self.priority.block(stream_id)
        await self._flush()
        if end or (self._ended and buffer.buffer and not data):
            await self._drop(stream_id)

    async def send_task(self) -> None:
        """hypercorn's, and a GOAWAY at its end (RFC 9113 6.8)."""
        await super().send_task()
        await self._say_goodbye(ErrorCodes.NO_ERROR)

    async def _say_goodbye(self, code: ErrorCodes) -> None:
        if self._goodbye:
            return
        self._ended = self._goodbye = True
        self.connection.close_connection(error_code=code)
        if code != ErrorCodes.NO_ERROR:
            self._link.linger()
        await self._flush()

    async def _drop(self, stream_id: int) -> None:
        """Nothing more is sent on a stream; whoever waits for that does so no longer."""
        self.priority.remove_stream(stream_id)
        if buffer := self.stream_buffers.pop(stream_id, None):
            await buffer.close()
            self._serving[stream_id].sent.set()

    def _is_open(self, stream_id: int) -> bool:
        """Whether anything can be sent on it; h2 may know that it can't before the event is handled that says so."""
        known = self.connection.streams.get(stream_id)
        return known is not None and not known.closed and not self._goodbye
