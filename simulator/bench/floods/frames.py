"""HTTP/2 frames as bytes, for clients that do what no library lets them do (RFC 9113 4.1, 6)."""

from collections.abc import Iterable

import hpack

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 2, 3, 4, 6, 7, 8, 9
END_STREAM, END_HEADERS = 1, 4
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

Headers = Iterable[tuple[str, str]]


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    """One frame."""
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def block(headers: Headers) -> bytes:
    """A header block that means the same wherever it stands: it is compressed without a table."""
    return bytes(hpack.Encoder().encode(list(headers), huffman=False))


def request(stream: int, headers: Headers, flags: int = END_HEADERS | END_STREAM) -> bytes:
    """A HEADERS frame."""
    return frame(HEADERS, flags, stream, block(headers))
