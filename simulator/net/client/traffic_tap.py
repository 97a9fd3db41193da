"""Listening in on a client's connections for the recorder: the bytes as they go by, and the key log to read them with.

The key log of OpenSSL can only be a file. It is a temporary one without a name, read after each handshake.
"""

import os
import ssl
import tempfile
import time
import weakref

import trio

from simulator.trace.events import Segment, TLSSecret
from simulator.trace.recorder import Recorder

CLIENT_RANDOM = slice(11, 43)
"""Where the client's random stands in the first bytes of a connection (RFC 8446 4.1.2, 5.1)."""


class Tap(trio.abc.HalfCloseableStream):
    """A TCP stream that tells the recorder of every byte; to TLS it is the stream itself."""

    def __init__(self, stream: trio.SocketStream, recorder: Recorder, connection: int) -> None:
        self.socket = stream.socket
        self.random = ""
        """The client's random in hex, by which the key log knows the connection; empty before the first byte."""
        self._stream = stream
        self._recorder = recorder
        self._connection = connection
        self._client = stream.socket.getsockname()
        self._server = stream.socket.getpeername()

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """As a SocketStream does."""
        sent = bytes(data)
        self.random = self.random or sent[CLIENT_RANDOM].hex()
        self.hear(sent, outward=True)
        await self._stream.send_all(data)

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        """As a SocketStream does."""
        data = await self._stream.receive_some(max_bytes)
        if data:
            self.hear(bytes(data), outward=False)
        return data

    async def wait_send_all_might_not_block(self) -> None:
        """As a SocketStream does."""
        await self._stream.wait_send_all_might_not_block()

    async def send_eof(self) -> None:
        """As a SocketStream does."""
        await self._stream.send_eof()

    async def aclose(self) -> None:
        """As a SocketStream does."""
        await self._stream.aclose()

    def setsockopt(self, level: int, option: int, value: bytes) -> None:
        """As a SocketStream does."""
        self._stream.setsockopt(level, option, value)

    def hear(self, data: bytes, *, outward: bool) -> None:
        """Take note of bytes that have gone by, or are about to."""
        segment = Segment(
            started=time.time(),
            connection=self._connection,
            outward=outward,
            client=self._client,
            server=self._server,
            data=data,
        )
        self._recorder.add(segment)


class KeyLog:
    """The TLS secrets of a context's connections. Several may listen to the same context: each tells of its own."""

    def __init__(self, context: ssl.SSLContext, recorder: Recorder) -> None:
        self._recorder = recorder
        self._connections: dict[str, int] = {}
        self._followed: list[tuple[Tap, int]] = []
        self._log = _LOGS.get(context) or _log_of(context)
        self._offset = os.fstat(self._log).st_size  # before that are the connections of others

    def follow(self, tap: Tap, connection: int) -> None:
        """A connection is ours; to be called before its handshake."""
        self._followed.append((tap, connection))

    def tell(self) -> None:
        """Record what has been logged of our connections; to be called when a handshake is over. What others have come
        to meanwhile, side by side, is logged too.
        """
        begun = [each for each in self._followed if each[0].random]
        self._followed = [each for each in self._followed if not each[0].random]
        self._connections |= {tap.random: connection for tap, connection in begun}
        size = os.fstat(self._log).st_size
        lines = os.pread(self._log, size - self._offset, self._offset).decode("ascii").splitlines()
        self._offset = size
        for line in lines:
            _, random, *_ = line.split()
            if random in self._connections:  # not another listener's, nor in the heading
                own = self._connections[random]
                self._recorder.add(TLSSecret(started=time.time(), connection=own, line=line))


_LOGS: weakref.WeakKeyDictionary[ssl.SSLContext, int] = weakref.WeakKeyDictionary()


def _log_of(context: ssl.SSLContext) -> int:
    """A context's key log, open for reading; its file has no name any more, so that nothing is left of it."""
    handle, path = tempfile.mkstemp(prefix="mimi-sim-", suffix=".keys")
    try:
        context.keylog_filename = path
    finally:
        os.unlink(path)
    weakref.finalize(context, os.close, handle)
    _LOGS[context] = handle
    return handle
