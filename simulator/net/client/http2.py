"""HTTP/2 from a client's side, on one connection that many exchanges share: h2 knows the frames, the rest is here."""

from collections.abc import Callable
from contextlib import suppress

import trio
from h2.config import H2Configuration
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    InformationalResponseReceived,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
    WindowUpdated,
)
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes, Settings

from simulator.net.client.attempt import AnswerTooLarge, Lost, MalformedAnswer
from simulator.net.client.h2_state import H2State
from simulator.net.client.http2_stream import Stream
from simulator.net.client.outgoing import Fields, Outgoing
from simulator.net.client.wire import ReadError, Wire, WireError, WriteError
from simulator.trace.events import Headers

WINDOW = 2**24
"""How many bytes more than HTTP/2's 65,535 a server may send before we take note, on a stream and on all."""

MOST_STREAMS = 100
"""At a time."""

_CONFIG = H2Configuration(
    client_side=True,
    header_encoding=None,
    validate_inbound_headers=False,  # h2 would end the connection over it, and with it other exchanges
    normalize_inbound_headers=False,
    validate_outbound_headers=False,  # what is sent is what was asked for
    normalize_outbound_headers=False,
)


class Refused(Exception):
    """The server lets go of the connection and has not looked at the request, which may go over another one
    (RFC 9113 6.8).
    """

    def __init__(self, connection: "HTTP2") -> None:
        super().__init__("the server let go of the connection before it took the request")
        self._connection = connection

    @property
    def in_vain(self) -> bool:
        """Whether, as it is now, the connection was good for nobody: what a server says that it takes is no answer."""
        return self._connection.idle and not self._connection.answered


class HTTP2:
    """Any number of exchanges at a time. Whoever waits for an answer reads for all."""

    def __init__(self, wire: Wire, largest_body: int) -> None:
        self._wire = wire
        self._largest_body = largest_body
        self._h2 = H2State(_CONFIG)
        self._streams: dict[int, Stream] = {}
        self._writing = trio.Lock()
        self._reading = False
        self._begun = False
        self.answered = False
        """There was an answer, such as it was, to at least one request."""
        self._most = 1  # until the server has said how many streams it takes
        self._room = trio.lowlevel.ParkingLot()
        self._failure: Exception | None = None
        self._last: int | None = None
        """The last stream that the server takes, once it has said that (GOAWAY)."""
        self._farewell = ""

    @property
    def idle(self) -> bool:
        """Nobody waits for an answer."""
        return not self._streams

    @property
    def failed(self) -> bool:
        """No answer comes any more."""
        return self._failure is not None

    @property
    def available(self) -> bool:
        """It may take another request."""
        return self._failure is None and self._last is None

    async def exchange(self, request: Outgoing, answered: Callable[[], None]) -> tuple[int, Headers, bytes]:
        """Send a request and read its answer to the end: status, headers, content. `answered` is called when the head
        of the answer is there.

        Raises MalformedAnswer and AnswerTooLarge, for this exchange alone; Refused; Lost and WireError.
        """
        stream = await self._open(request)
        try:
            try:
                await self._send(stream, request)
            except WriteError as error:
                await self._hear_out(stream, error)
            await self._until(stream, lambda: stream.status is not None)
            answered()
            await self._until(stream)
            self.answered = True
            return stream.answer()
        except (MalformedAnswer, AnswerTooLarge):
            self.answered = True
            self._abandon(stream, ErrorCodes.PROTOCOL_ERROR)
            with suppress(WireError):
                await self._flush()
            raise
        finally:
            self._abandon(stream, ErrorCodes.CANCEL)
            del self._streams[stream.number]
            self._room.unpark_all()
            self._let_another_read()

    # Sending

    async def _open(self, request: Outgoing) -> Stream:
        if not self._begun:
            self._begun = True
            self._begin()
        while self.available and len(self._streams) >= self._most:
            if self._streams:
                await self._room.park()
            else:
                await self._wait_for_room()
        if self._failure is not None:
            raise self._failure
        if self._last is not None:
            raise Refused(self)
        stream = Stream(self._h2.get_next_available_stream_id(), request.method, self._largest_body)
        self._streams[stream.number] = stream
        return stream

    async def _wait_for_room(self) -> None:
        """The server takes no stream at all for now."""
        self._streams[0] = nobody = Stream(0, b"", 0)
        try:
            await self._until(nobody, lambda: self._most > 0 or not self.available)
        finally:
            del self._streams[0]
            self._room.unpark_all()

    def _begin(self) -> None:
        # Set before the connection begins, these are what its first frame says, and nothing else is.
        self._h2.local_settings = Settings(
            client=True,
            initial_values={
                SettingCodes.ENABLE_PUSH: 0,
                SettingCodes.MAX_CONCURRENT_STREAMS: MOST_STREAMS,
                SettingCodes.MAX_HEADER_LIST_SIZE: 64 * 1024,
            },
        )
        del self._h2.local_settings[SettingCodes.ENABLE_CONNECT_PROTOCOL]
        self._h2.initiate_connection()
        self._h2.increment_flow_control_window(WINDOW)

    async def _send(self, stream: Stream, request: Outgoing) -> None:
        number, body = stream.number, request.body
        self._h2.send_headers(number, _fields(request), end_stream=not body)
        self._h2.increment_flow_control_window(WINDOW, number)
        await self._flush()
        if body:
            self._wire.body_begins()
        while body:
            await self._until(stream, lambda: self._h2.local_flow_control_window(number) > 0)
            if stream.ended:
                return  # it has answered and does not want the rest
            size = min(self._h2.local_flow_control_window(number), self._h2.max_outbound_frame_size)
            piece, body = body[:size], body[size:]
            self._h2.send_data(number, piece, end_stream=not body)
            await self._flush()
        stream.sent = True

    async def _flush(self) -> None:
        async with self._writing:
            data = self._h2.data_to_send()
            if data:
                await self._wire.write(data)

    def _abandon(self, stream: Stream, code: ErrorCodes) -> None:
        """Want no more of a stream that is still open. The server hears of it with what is sent next."""
        if self._failure is None and not (stream.closed or (stream.ended and stream.sent)):
            stream.closed = True
            with suppress(ProtocolError):  # it never began, or both sides are done with it
                self._h2.reset_stream(stream.number, code)

    # Receiving

    async def _hear_out(self, stream: Stream, error: WriteError) -> None:
        """A server that closes early may have left an answer, or have said that it does not take the request."""
        failed = False
        try:
            await self._until(stream)
        except WireError:
            failed = True
        if failed:  # not in the handler: each would become the other's context, and the chain of causes a circle
            raise error

    async def _until(self, stream: Stream, ready: Callable[[], bool] = lambda: False) -> None:
        """Let frames come until something is so, or the answer is complete. Raises what went wrong with the stream or
        with the connection.
        """
        try:
            while stream.error is None and not stream.ended:
                if self._failure is not None:
                    raise self._failure
                if ready():
                    return
                if self._reading:
                    await stream.changed.park()
                else:
                    await self._read()
        finally:
            self._let_another_read()
        if stream.error is not None:
            raise stream.error

    def _let_another_read(self) -> None:
        if not self._reading:
            waiting = (each.changed for each in self._streams.values())
            next((lot for lot in waiting if lot), self._room).unpark()

    async def _read(self) -> None:
        self._reading = True
        try:
            data = await self._wire.read()
            if not data:
                raise ReadError("it closed the connection before the answer was complete")
            self._take(data)
        except WireError as error:
            self._fail(Lost(self._farewell) if self._farewell else error)
        except (Lost, MalformedAnswer) as error:
            self._fail(error)
        finally:
            self._reading = False
        with suppress(WriteError):  # a server that closes early may have left an answer
            await self._flush()

    def _take(self, data: bytes) -> None:
        wrong: ProtocolError | None = None
        try:
            self._h2.receive_data(data)
        except ProtocolError as error:
            wrong = error
        for event in self._h2.events:
            self._note(event)
        if wrong is None:
            return
        malformed = MalformedAnswer(f"it is not HTTP/2: {wrong}")
        culprit = self._streams.get(self._h2.stream_id)
        if culprit is None:
            raise malformed
        culprit.fail(malformed)
        raise Lost(f"HTTP/2 ended over another answer: {wrong}")

    def _note(self, event: Event) -> None:
        stream = self._streams.get(getattr(event, "stream_id", None) or 0)
        match event:
            case DataReceived():
                self._h2.acknowledge_received_data(event.flow_controlled_length or 0, event.stream_id or 0)
            case RemoteSettingsChanged():
                self._most = min(self._h2.remote_settings.max_concurrent_streams, MOST_STREAMS)
                self._wake_all()
            case WindowUpdated(stream_id=0):
                self._wake_all()
            case ConnectionTerminated():
                self._part(event)
        if stream is None:
            return
        match event:
            case InformationalResponseReceived() | ResponseReceived() | DataReceived() | TrailersReceived():
                stream.take(event)
            case StreamEnded():
                stream.end()
            case StreamReset():
                stream.closed = True
                stream.fail(Lost(f"HTTP/2 ended: the server reset the stream ({_named(event.error_code)})"))
        stream.changed.unpark_all()

    def _part(self, event: ConnectionTerminated) -> None:
        last = event.last_stream_id or 0
        self._last = last if self._last is None else min(last, self._last)
        self._farewell = f"HTTP/2 ended: the server let go of the connection ({_named(event.error_code)})"
        for number, stream in self._streams.items():
            if number > self._last:
                stream.closed = True
                stream.fail(Refused(self))
        self._wake_all()

    def _fail(self, error: Exception) -> None:
        self._failure = error
        self._wake_all()

    def _wake_all(self) -> None:
        self._room.unpark_all()
        for stream in self._streams.values():
            stream.changed.unpark_all()


def _fields(request: Outgoing) -> Fields:
    """All fields of a request, the first Host as `:authority`."""
    fields = list(request.headers)
    place = next((at for at, (name, _) in enumerate(fields) if name.lower() == b"host"), None)
    authority = [] if place is None else [(b":authority", fields.pop(place)[1])]
    return [(b":method", request.method), *authority, (b":scheme", b"https"), (b":path", request.target), *fields]


def _named(code: ErrorCodes | int | None) -> str:
    return code.name if isinstance(code, ErrorCodes) else f"error {code}"
