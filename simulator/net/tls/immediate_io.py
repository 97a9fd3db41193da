"""Reading and writing an open TLS stream where the socket does at once what is asked of it.

trio's SSLStream, over its SocketStream, takes four locks and five checkpoints for that: more than TLS itself costs.
What has to wait for room to write, and the end of the stream, is left to it.
"""

import errno
from ssl import SSLError, SSLWantReadError
from typing import Any

import trio

from simulator.net.tls.tls import TLSStream

CHUNK = 32 * 1024
"""Bytes read off a socket at a time."""


class ImmediateIO:
    """Of one stream whose handshake is over. At most one task reads at a time, and one writes."""

    def __init__(self, stream: TLSStream) -> None:
        self._stream: Any = stream  # some of what is needed of it has no public name
        transport: object = stream.transport_stream
        socket: Any = stream.transport_stream.socket
        self._socket: Any = (
            socket._sock if isinstance(transport, trio.SocketStream) else None
        )  # else somebody listens in

    async def receive_some(self, most: int) -> bytes | bytearray:
        """As SSLStream has it: bytes, none at the end. Lets other tasks run once in any case."""
        stream, waited = self._stream, False
        if self._socket is None:
            return await self._as_ever(most)
        await trio.lowlevel.checkpoint_if_cancelled()
        stream._check_status()  # once: what came before another task failed to write can be read
        while True:
            try:
                data: bytes = stream._ssl_object.read(most)
            except SSLWantReadError:
                pass
            except SSLError as error:
                raise self._broken() from error
            else:
                if not waited:
                    await trio.lowlevel.cancel_shielded_checkpoint()
                return data
            try:
                received = self._socket.recv(CHUNK)
            except BlockingIOError:
                await trio.lowlevel.wait_readable(self._socket)
                waited = True
            except OSError as error:
                raise _explained(error) from error
            else:
                if not received:
                    return await self._as_ever(most)
                stream._incoming.write(received)

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """As SSLStream has it, but that it need not let others run."""
        stream = self._stream
        if self._socket is None or not data or stream._delayed_outgoing or stream._inner_send_lock.locked():
            await stream.send_all(data)
            return
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
        if sent < len(out):
            try:
                async with stream._inner_send_lock:
                    await stream.transport_stream.send_all(memoryview(out)[sent:])
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
