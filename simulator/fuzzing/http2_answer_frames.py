"""Answers of HTTP/2 as bytes, well-formed or not, for servers that do what no library lets them do (RFC 9113 6)."""

import struct
from collections.abc import Iterable

import hpack

from simulator.bench.floods.frames import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    GOAWAY,
    HEADERS,
    PING,
    SETTINGS,
    frame,
)

__all__ = [
    "CONTINUATION",
    "DATA",
    "END_HEADERS",
    "END_STREAM",
    "GOAWAY",
    "HEADERS",
    "OK",
    "PING",
    "PUSH",
    "RESET",
    "SETTINGS",
    "Fields",
    "answer",
    "body",
    "frame",
    "goaway",
    "head",
    "settings",
]

Fields = Iterable[tuple[bytes, bytes]]

PUSH, RESET = 5, 3
OK: tuple[tuple[bytes, bytes], ...] = ((b":status", b"200"), (b"content-type", b"text/plain"))


def head(stream: int, fields: Fields = OK, *, end: bool = False) -> bytes:
    """The HEADERS frame of an answer."""
    block = hpack.Encoder().encode(fields, huffman=False)
    return frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), stream, block)


def body(stream: int, content: bytes, *, end: bool = True) -> bytes:
    """A DATA frame."""
    return frame(DATA, END_STREAM if end else 0, stream, content)


def answer(stream: int, fields: Fields = OK, content: bytes = b"hello") -> bytes:
    """A whole answer."""
    return head(stream, fields) + body(stream, content)


def goaway(last: int, error: int = 0) -> bytes:
    """That no stream after `last` is taken."""
    return frame(GOAWAY, 0, 0, struct.pack(">II", last, error))


def settings(**values: int) -> bytes:
    """SETTINGS with these values, by what they are about."""
    known = {"streams": 3, "window": 4}
    return frame(SETTINGS, 0, 0, b"".join(struct.pack(">HI", known[name], value) for name, value in values.items()))
