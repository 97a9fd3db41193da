"""A TLS stream in the shape that httpcore's HTTP/1.1 and HTTP/2 connections want it in."""

from contextlib import suppress
from typing import Any

import httpcore
import trio

from simulator.net.tls import TLSStream, reason

FULL = 64 * 1024


class Wire(httpcore.AsyncNetworkStream):
    """Bytes of one connection. Timeouts are not kept here: an exchange has one deadline as a whole.

    httpcore writes head and body apart. Where nobody else reads meanwhile (HTTP/1.1; not `eager`), they are collected
    and leave in one piece when it turns to reading.
    """

    def __init__(self, stream: TLSStream, *, eager: bool) -> None:
        self._stream = stream
        self._eager = eager
        self._unsent = bytearray()
        self.ended = False
        """The peer has closed its side."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes from the peer; none when it has closed."""
        with suppress(httpcore.WriteError):  # a peer that hangs up early may have left an answer
            await self._flush()
        try:
            data = bytes(await self._stream.receive_some(max_bytes))
        except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
            raise httpcore.ReadError(reason(error) or "the connection broke") from error
        self.ended = not data
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Bytes to the peer, now or with the next read."""
        self._unsent += buffer
        if self._eager or len(self._unsent) > FULL:
            await self._flush()

    async def aclose(self) -> None:
        """Close at once, without TLS's goodbye, as HTTPS does."""
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        """`is_readable` is what httpcore asks of an idle connection: yes means that the peer has closed it."""
        return self.readable if info == "is_readable" else None

    @property
    def readable(self) -> bool:
        """Whether bytes, or the peer's close, wait to be read."""
        return self._stream.transport_stream.socket.is_readable()

    async def _flush(self) -> None:
        if not self._unsent:
            return
        data, self._unsent = self._unsent, bytearray()
        try:
            await self._stream.send_all(data)
        except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
            raise httpcore.WriteError(reason(error) or "the connection broke") from error
