"""What an HTTP/2 server keeps from h2, which would answer it wrongly, or work on it without bound.

h2 takes a peer's GOAWAY for the end of all streams (RFC 9113 6.8: they go on), collects a frame that is too large
before it refuses it, decodes a header block of any length in one go, and answers control frames as long as they come.
"""

from collections.abc import Iterator

from h2.errors import ErrorCodes

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEAD = 9
"""Bytes of a frame's head (RFC 9113 4.1)."""

_DATA, _HEADERS, _PRIORITY, _GOAWAY, _WINDOW_UPDATE, _CONTINUATION = 0x0, 0x1, 0x2, 0x7, 0x8, 0x9
_END_STREAM, _END_HEADERS = 0x1, 0x4


class Unacceptable(Exception):
    """The connection has to end, with this error code (RFC 9113 7)."""

    def __init__(self, code: ErrorCodes) -> None:
        super().__init__(code.name)
        self.code = code


class FrameFilter:
    """Lets a connection's bytes pass as they come, frame by frame."""

    def __init__(self, *, frame: int, header_block: int, idle_frames: int) -> None:
        self.goaway = False
        """The peer has said that it is about to leave."""
        self._frame = frame
        self._header_block = header_block
        self._idle_frames = idle_frames
        self._preface = len(PREFACE)
        self._head = bytearray()
        self._rest = 0
        self._dropping = False
        self._block: int | None = None
        self._idle = 0

    def feed(self, data: bytes | bytearray) -> bytes:
        """What h2 should see of the next bytes. Raises Unacceptable: for a frame longer than `frame` bytes, a header
        block longer than `header_block`, more than `idle_frames` frames from one request to the next that neither ask
        for anything nor let an answer through.
        """
        return b"".join(self._pieces(memoryview(data)))

    def _pieces(self, data: memoryview) -> Iterator[bytes]:
        preface, data = data[: self._preface], data[self._preface :]
        self._preface -= len(preface)
        yield bytes(preface)
        while data:
            if not self._rest:
                missing = HEAD - len(self._head)
                self._head += data[:missing]
                data = data[missing:]
                if len(self._head) < HEAD:
                    return
                yield self._begin(bytes(self._head))
                self._head.clear()
            passed, data = data[: self._rest], data[self._rest :]
            self._rest -= len(passed)
            if not self._dropping:
                yield bytes(passed)

    def _begin(self, head: bytes) -> bytes:
        size, kind, flags = int.from_bytes(head[:3], "big"), head[3], head[4]
        stream = int.from_bytes(head[5:], "big") & 0x7FFFFFFF
        if size > self._frame:
            raise Unacceptable(ErrorCodes.FRAME_SIZE_ERROR)
        self._rest = size
        self._count(kind, flags, size)
        within = self._block is not None  # where only CONTINUATION may stand: h2 refuses everything else
        self._dropping = not within and self._is_for_us(kind, size, stream)
        self._measure(kind, flags, size)
        return b"" if self._dropping else head

    def _is_for_us(self, kind: int, size: int, stream: int) -> bool:
        """Frames that are well-formed and that h2 should not see; it refuses the others of their kinds."""
        if kind == _GOAWAY and not stream and size >= 8:
            self.goaway = True
            return True
        return kind == _PRIORITY and stream > 0 and size == 5  # a server may ignore these (RFC 9113 5.3.2)

    def _count(self, kind: int, flags: int, size: int) -> None:
        if kind == _HEADERS:
            self._idle = 0
        elif kind != _WINDOW_UPDATE and not (kind == _DATA and (size or flags & _END_STREAM)):
            self._idle += 1
        if self._idle > self._idle_frames:
            raise Unacceptable(ErrorCodes.ENHANCE_YOUR_CALM)

    def _measure(self, kind: int, flags: int, size: int) -> None:
        if kind == _HEADERS:
            self._block = 0
        if self._block is None:
            return
        self._block += size
        if self._block > self._header_block:
            raise Unacceptable(ErrorCodes.ENHANCE_YOUR_CALM)
        if flags & _END_HEADERS:
            self._block = None
