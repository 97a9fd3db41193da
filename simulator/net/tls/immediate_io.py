"""Reading and writing an open TLS stream where the socket does at once what is asked of it.

trio's SSLStream, over its SocketStream, takes four locks and five checkpoints for that: more than TLS itself costs.
What has to wait for room to write, and the end of the stream, is left to it.
"""

import errno
from collections.abc import Callable
from ssl import SSLError, SSLWantReadError
from typing import Any, NamedTuple, Protocol, runtime_checkable

import trio

from simulator.net.tls.tls import TLSStream

CHUNK = 32 * 1024
"""Bytes read off a socket at a time."""


class _Rest(NamedTuple):
    """What has not gone yet."""

    data: bytes | bytearray | memoryview
    encrypted: bool


@runtime_checkable
class Overheard(Protocol):
    """A transport stream over a socket on which somebody listens in, who has to be told what goes past it."""

    def hear(self, data: bytes, *, outward: bool) -> None:
        """Take note of bytes that the socket has taken or given."""
        ...


class ImmediateIO:
    """Of one stream whose handshake is over. At most one task reads at a time, and one writes."""

    def __init__(self, stream: TLSStream) -> None:
        self._stream: Any = stream  # some of what is needed of it has no public name
        transport: object = stream.transport_stream
        socket: Any = stream.transport_stream.socket
        self._hear: Callable[..., None] | None = transport.hear if isinstance(transport, Overheard) else None
        known = isinstance(transport, trio.SocketStream | Overheard)
        self._socket: Any = socket._sock if known else None
        self._rest: _Rest | None = None
        self._unread = True
        """TLS may have something for us that has come already, as with the end of the handshake."""

    async def receive_some(self, most: int) -> bytes | bytearray:
        """As SSLStream has it: bytes, none at the end. Lets other tasks run once in any case."""
        stream, waited = self._stream, False
        if self._socket is None:
            return await self._as_ever(most)
        await trio.lowlevel.checkpoint_if_cancelled()
        stream._check_status()  # once: what came before another task failed to write can be read
        while True:
            if self._unread:
                try:
                    data: bytes = stream._ssl_object.read(most)
                except SSLWantReadError:
                    self._unread = False
                except SSLError as error:
                    raise self._broken() from error
                else:
                    self._unread = not data or len(data) == most or stream._incoming.pending > 0
                    if not waited:
                        await trio.lowlevel.cancel_shielded_checkpoint()
                    return data
            if self._socket.fileno() < 0:
                raise trio.ClosedResourceError("this socket was already closed")
            await trio.lowlevel.wait_readable(self._socket)
            waited = True
            try:
                received = self._socket.recv(CHUNK)
            except BlockingIOError:
                continue
            except OSError as error:
                raise _explained(error) from error
            if not received:
                return await self._as_ever(most)
            if self._hear is not None:
                self._hear(received, outward=False)
            stream._incoming.write(received)
            self._unread = True

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """As SSLStream has it, but that it need not let others run."""
        if not self.send_at_once(data):
            await self.send_rest()

    def send_at_once(self, data: bytes | bytearray | memoryview) -> bool:
        """Send it, as far as that goes without waiting; whether that was all. If not, `send_rest` is to be awaited
        before anything else is sent. Raises what `SSLStream.send_all` does.
        """
        stream = self._stream
        if self._socket is None or not data or stream._delayed_outgoing or stream._inner_send_lock.locked():
            self._rest = _Rest(data, encrypted=False)
            return False
        stream._check_status()
        try:
            stream._ssl_object.write(data)
        except SSLError as error:
            raise self._broken() from error
        out = stream._outgoing.read()
        try:
            sent = self._socket.send(out)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            self._broken()
            raise _explained(error) from error
        if self._hear is not None and sent:
            self._hear(out[:sent], outward=True)  # of the rest it hears when that is sent
        if sent < len(out):
            self._rest = _Rest(memoryview(out)[sent:], encrypted=True)
        return bool(sent == len(out))

    async def send_rest(self) -> None:
        """Send what has not gone at once. TLS can't go on where that is given up."""
        rest, self._rest = self._rest, None
        if rest is None:
            return
        stream = self._stream
        if not rest.encrypted:
            await stream.send_all(rest.data)
            return
        try:
            async with stream._inner_send_lock:
                await stream.transport_stream.send_all(rest.data)
        except BaseException:
            self._broken()
            raise

    async def _as_ever(self, most: int) -> bytes | bytearray:
        received: bytes | bytearray = await self._stream.receive_some(most)
        return received

    def _broken(self) -> trio.BrokenResourceError:
        """TLS can't go on, in either direction."""
        self._stream._state = type(self._stream._state).BROKEN
        return trio.BrokenResourceError()


def _explained(error: OSError) -> Exception:
    """As SocketStream has it."""
    if error.errno == errno.EBADF:
        return trio.ClosedResourceError("this socket was already closed")
    return trio.BrokenResourceError(f"socket connection broken: {error}")
