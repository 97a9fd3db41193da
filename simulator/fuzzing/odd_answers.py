"""What a hostile server says: answers that are none, malformed, too late, too early, or more than was asked."""

from collections.abc import Iterator, Mapping

from simulator.bench.floods.frames import PRIORITY, WINDOW_UPDATE
from simulator.codec import struct
from simulator.fuzzing.framing import CODINGS, LENGTHS, LINES, SIZES
from simulator.fuzzing.http import Frame, Frames, Pieces, parsed
from simulator.fuzzing.http2_answer_frames import (
    DATA,
    END_HEADERS,
    END_STREAM,
    GOAWAY,
    HEADERS,
    PING,
    RESET,
    SETTINGS,
    answer,
    body,
    frame,
    goaway,
    head,
)
from simulator.fuzzing.http2_answers import BAD, EVER, GOOD


@struct
class Framed:
    """A server on HTTP/2: what it says first, and to the request on stream 1."""

    first: Frames
    answer: Frames


@struct
class Plain:
    """A server on HTTP/1.1: what it says before anybody asks, and to a request."""

    first: Pieces
    answer: Pieces


Said = Framed | Plain


def _settings(number: int, value: int) -> bytes:
    return frame(SETTINGS, 0, 0, number.to_bytes(2, "big") + value.to_bytes(4, "big"))


_STREAMS = _settings(3, 100)

_FIRST: Mapping[str, bytes] = {
    "nothing": b"",
    "no settings": frame(PING, 0, 0, bytes(8)),
    "no streams": _settings(3, 0),
    "no streams, and goodbye": _settings(3, 0) + goaway(EVER),
    "no streams, and goodbye to one that nobody opened": _settings(3, 0) + goaway(5),
    "goodbye": goaway(0),
    "goodbye to all but one": _STREAMS + goaway(1),
    "no window": _settings(4, 0),
    "all of a window": _settings(4, 2**31 - 1),
    "more than a window": _settings(4, 2**31),
    "frames of nothing": _settings(5, 0),
    "frames of 2^24": _settings(5, 2**24 - 1),
    "no header table": _settings(1, 0),
    "endless header table": _settings(1, 2**32 - 1),
    "push": _settings(2, 1),
    "five bytes": frame(SETTINGS, 0, 0, bytes(5)),
    "of a stream": frame(SETTINGS, 0, 1),
    "an answer with content": frame(SETTINGS, 1, 0, bytes(6)),
    "unknown ones": _settings(0xFFFF, 2**32 - 1) * 20,
    "a flood of settings": _settings(4, 0) * 1000,
    "a flood of pings": _STREAMS + frame(PING, 0, 0, bytes(8)) * 1000,
    "an answer to nobody": _STREAMS + answer(1),
    "another protocol": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
}

_ANSWERS: Mapping[str, bytes] = {
    "no answer": b"",
    "window too large": frame(WINDOW_UPDATE, 0, 1, b"\x7f\xff\xff\xff") * 2 + answer(1),
    "window of 0": frame(WINDOW_UPDATE, 0, 1, bytes(4)) + answer(1),
    "connection's window of 0": frame(WINDOW_UPDATE, 0, 0, bytes(4)) + answer(1),
    "windows": (frame(WINDOW_UPDATE, 0, 0, b"\0\1\0\0") + frame(WINDOW_UPDATE, 0, 1, b"\0\1\0\0")) * 2 + answer(1),
    "padding too long": head(1) + frame(DATA, END_STREAM | 8, 1, b"\x05hello"),
    "padding without a length": head(1) + frame(DATA, END_STREAM | 8, 1),
    "priority of itself": frame(PRIORITY, 0, 1, b"\0\0\0\1\xff") + answer(1),
    "headers that depend on themselves": frame(HEADERS, END_HEADERS | 0x20, 1, b"\0\0\0\1\xff\x88") + body(1, b"x"),
    "answer after a reset": frame(RESET, 0, 1, bytes(4)) + answer(1),
    "answer after the end": answer(1) * 2,
    "reset after the end": answer(1) + frame(RESET, 0, 1, b"\0\0\0\7") * 2,
    "data of stream 0": frame(DATA, 0, 0, b"x") + answer(1),
    "headers of stream 0": frame(HEADERS, 5, 0, b"\x88"),
    "of a stream to come": answer(3) + answer(1),
    "an even stream": answer(2) + answer(1),
    "unfinished": head(1) + body(1, b"x", end=False),
    "a flood of interim answers": head(1, [(b":status", b"103")]) * 500 + answer(1),
    "a flood of empty content": head(1) + body(1, b"", end=False) * 1000 + body(1, b"x"),
    "a flood of goodbyes": goaway(EVER) * 1000 + answer(1),
    "settings in between": head(1) + _settings(4, 0) + _settings(3, 0) + _settings(1, 0) + body(1, b"x"),
    "a header bomb": frame(HEADERS, END_HEADERS, 1, b"\x88\x40\x01x\x7f\x81\x1e" + b"y" * 4096 + b"\xbe" * 12_000),
    "header table sizes": frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\x20" * 5000 + b"\x88"),
    "header table too large": frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\x3f\xff\xff\x7f\x88"),
    "short frames": b"".join(frame(kind, 0, 0, b"x") for kind in range(10)),
    **{
        f"status {status!r}": answer(1, ((b":status", status),))
        for status in (b"421", b"503", b"099", b"600", b"2\xb2")
    },
}

_FRAMED = {
    **{name: good(1) for name, good in GOOD.items()},
    **{name: bad(1) for name, (bad, _) in BAD.items()},
    **_ANSWERS,
}


def _with_goodbyes(data: bytes) -> Iterator[bytes]:
    """With a GOAWAY in front, behind, and at every place in between, for each last stream that makes a difference."""
    frames = parsed(data).frames
    for at in range(min(len(frames), 6) + 1):
        for last in (0, 1, EVER):
            said = Frame(GOAWAY, 0, 0, goaway(last)[9:])
            yield b"".join(map(_bytes, (*frames[:at], said, *frames[at:])))


def _bytes(one: Frame) -> bytes:
    return frame(one.kind, one.flags, one.stream, one.payload)


def framed() -> Iterator[Framed]:
    """All for HTTP/2."""
    for first in _FIRST.values():
        yield Framed(parsed(first), parsed(answer(1)))
    for said in _FRAMED.values():
        yield Framed(parsed(_STREAMS), parsed(said))
        for parting in _with_goodbyes(said):
            yield Framed(parsed(_STREAMS), parsed(parting))


_OK = b"HTTP/1.1 200 OK\r\n"
_END = (b"Content-Length: 5\r\n", b"\r\n", b"hello")
_CHUNKED = b"Transfer-Encoding: chunked\r\n"

_STATUS_LINES = (
    *(
        b"HTTP/1.0 200 OK\r\n",
        b"HTTP/1.2 200 OK\r\n",
        b"HTTP/2.0 200 OK\r\n",
        b"http/1.1 200 OK\r\n",
        b"ICY 200 OK\r\n",
    ),
    *(b"http/1.1 200 OK\r\n", b"ICY 200 OK\r\n"),
    *(b"HTTP/1.1 1000 OK\r\n", b"HTTP/1.1 099 OK\r\n", b"HTTP/1.1 abc OK\r\n", b"HTTP/1.1 -20 OK\r\n", b"\r\n"),
    *(b"HTTP/1.1 200\r\n", b"HTTP/1.1  200 OK\r\n", b"HTTP/1.1 200 OK\n", b"HTTP/1.1 2\xb20 OK\r\n", b"HTTP/1.1\r\n"),
    *(b"HTTP/1.1 999 \xff\0\r\n", b"HTTP/1.1 000 OK\r\n", b"HTTP/1.1 200 " + b"x" * 200_000 + b"\r\n", b"200 OK\r\n"),
    *(b"HTTP/1.1 421 Other\r\n", b"HTTP/1.1 204 No\r\n", b"HTTP/1.1 304 Same\r\n", b"HTTP/1.1 101 Switch\r\n"),
    *(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early\r\nx: y\r\n\r\n", b"HTTP/1.1 199 x\r\n\r\n" * 500),
)

_PLAIN = (
    (),
    (_OK, *_END),
    (_OK, *_END, _OK, *_END),
    (_OK, *_END, b"\r\n\r\n", b"rubbish"),
    (_OK, b"\r\n", b"to the end"),
    (_OK, b"Connection: close\r\n", *_END),
    (_OK, b"Connection: upgrade\r\n", b"Upgrade: h2c\r\n", *_END),
    (_OK, _CHUNKED, *_END),
    (_OK, b"Content-Length: 0\r\n", _CHUNKED, b"\r\n", b"5\r\nhello\r\n", b"0\r\n", b"\r\n"),
    (_OK, _CHUNKED, b"\r\n", b"5\r\nhello\r\n", b"0\r\n", b"Content-Length: 9\r\n", b"X y: z\r\n", b"\r\n"),
    (_OK, _CHUNKED, b"\r\n", *(b"1\r\nx\r\n",) * 40),
    (_OK, b"Content-Length: 99999999999\r\n", b"\r\n", b"x"),
    (_OK, b"x: y\r\n" * 30_000, *_END),
    (b"HTTP/1.1 100 Continue\r\n", *_END),
    (b"HTTP/1.1 103 Early\r\n\r\n" * 1000, _OK, *_END),
    (b"\r\n" * 1000, _OK, *_END),
    (b"\x16\x03\x01\x02\x00\x01",),
    (_settings(3, 100), answer(1)),
    *((line, *_END) for line in _STATUS_LINES),
    *((line, _OK, *_END) for line in _STATUS_LINES),
    *((_OK, line, *_END) for line in LINES),
    *((_OK, b"Content-Length: " + length + b"\r\n", *_END[1:]) for length in LENGTHS),
    *((_OK, b"Transfer-Encoding: " + coding + b"\r\n\r\n", b"5\r\nhello\r\n", b"0\r\n\r\n") for coding in CODINGS),
    *((_OK, _CHUNKED, b"\r\n", size, b"hello\r\n", b"0\r\n\r\n") for size in SIZES),
)


def plain() -> Iterator[Plain]:
    """All for HTTP/1.1."""
    for pieces in _PLAIN:
        yield Plain(Pieces(()), Pieces(tuple(pieces)))
    yield Plain(Pieces((_OK, *_END)), Pieces((_OK, *_END)))
    yield Plain(Pieces((b"HTTP/1.1 408 Timeout\r\n", b"Connection: close\r\n", *_END)), Pieces(()))
