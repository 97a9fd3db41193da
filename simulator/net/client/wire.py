"""A TLS stream as HTTP/1.1 and HTTP/2 want it: bytes in, bytes out, at the pace that faults set."""

import socket
import struct
from contextlib import suppress
from typing import Protocol

import trio

from simulator.net.tls.immediate_io import ImmediateIO
from simulator.net.tls.tls import TLSStream, close, reason

FULL = 64 * 1024

RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time to linger."""


class WireError(Exception):
    """The connection broke, or was cut; the message is the reason, in words. Never leaves this package."""


class ReadError(WireError):
    """Nothing more comes."""


class WriteError(WireError):
    """Nothing more goes."""


class Cut(Exception):
    """The connection has to end here, with a TCP RST if `reset`. Becomes a ReadError or WriteError."""

    def __init__(self, why: str, *, reset: bool) -> None:
        super().__init__(why)
        self.reset = reset


class Pace(Protocol):
    """How bytes go in one direction, when they don't go at once."""

    @property
    def piece(self) -> int:
        """How many at a time, at most."""
        ...

    async def step(self, passed: int | None) -> None:
        """Called before each piece, with the number of bytes of the body that have passed (HTTP/2: and of its frames'
        heads), None before the body. May wait. Raises Cut.
        """
        ...


class Wire:
    """Bytes of one connection. Timeouts are not kept here: an exchange has one deadline as a whole.

    Head and body are written apart. Where nobody else reads meanwhile (HTTP/1.1; not `eager`), they are collected
    and leave in one piece when somebody turns to reading.
    """

    def __init__(self, stream: TLSStream, *, eager: bool) -> None:
        self._stream = stream
        self._io = ImmediateIO(stream)
        self._eager = eager
        self._unsent = bytearray()
        self._sending = _Paced()
        self._reading = _Paced()
        self.ended = False
        """The peer has closed its side."""
        self.closed = False
        """We have closed it."""
        self._is_sending = False
        self.torn = False
        """Somebody gave up, or failed, in the middle of writing: TLS can't go on from there."""

    def pace(self, sending: Pace | None, reading: Pace | None) -> None:
        """Let bytes go and come at this pace from now on; None is at once."""
        self._sending = _Paced(sending)
        self._reading = _Paced(reading)

    @property
    def paced(self) -> bool:
        """Whether bytes go or come otherwise than at once."""
        return self._sending.pace is not None or self._reading.pace is not None

    def body_begins(self) -> None:
        """What is written next is of a body."""
        self._sending.passed = 0

    def answer_begins(self) -> None:
        """What is read next is of an answer's body."""
        self._reading.passed = 0

    async def read(self, most: int = FULL) -> bytes:
        """Bytes from the peer; none when it has closed. Raises ReadError."""
        with suppress(WriteError):  # a peer that hangs up early may have left an answer
            await self._flush()
        try:
            data = bytes(await self._io.receive_some(await self._reading.step(most)))
        except Cut as cut:
            await self._cut(cut)
            raise ReadError(str(cut)) from None
        except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
            raise ReadError(reason(error) or "the connection broke") from error
        self._reading.count(len(data))
        self.ended = not data
        return data

    async def write(self, buffer: bytes) -> None:
        """Bytes to the peer, now or with the next read. Raises WriteError."""
        self._unsent += buffer
        if self._eager or self._sending.pace or len(self._unsent) > FULL:
            await self._flush()

    async def aclose(self) -> None:
        """Close with a close_notify (RFC 9112 9.8), unless something is half-written or being written.

        The peer's is not waited for.
        """
        in_good_order = not (self.closed or self.torn or self._is_sending)
        self.closed = True  # first: nobody writes between our last words and the end
        if in_good_order:
            await close(self._stream)
        await self._stream.aclose()

    @property
    def readable(self) -> bool:
        """Whether bytes, or the peer's close, wait to be read."""
        return self.closed or self._stream.transport_stream.socket.is_readable()

    async def _flush(self) -> None:
        if not self._unsent:
            return
        data, self._unsent = self._unsent, bytearray()
        try:
            await self._send(data)
        except BaseException:
            self.torn = True
            raise

    async def _send(self, data: bytearray) -> None:
        if self.closed:
            raise WriteError("the connection is closed")
        self._is_sending = True
        try:
            while data:
                size = await self._sending.step(len(data))
                await self._io.send_all(data[:size])
                self._sending.count(size)
                del data[:size]
        except Cut as cut:
            await self._cut(cut)
            raise WriteError(str(cut)) from None
        except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
            raise WriteError(reason(error) or "the connection broke") from error
        finally:
            self._is_sending = False

    async def _cut(self, cut: Cut) -> None:
        # A line that breaks says nothing more.
        if cut.reset and not self.closed:
            self._stream.transport_stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.closed = True
        await self._stream.aclose()


class _Paced:
    """One direction of a wire."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace
        self.passed: int | None = None

    async def step(self, size: int) -> int:
        """How many of `size` bytes may pass now."""
        if self.pace is None:
            return size
        await self.pace.step(self.passed)
        return min(size, self.pace.piece)

    def count(self, size: int) -> None:
        if self.passed is not None:
            self.passed += size
