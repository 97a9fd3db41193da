"""Requests that are odd: each of what a finding was about is among them, so that it is combined with everything.

`{post}` and `{get}` stand for the paths of endpoints of a draft: see `placed`.
"""

from collections.abc import Mapping
from dataclasses import replace

from simulator.bench.floods.frames import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    GOAWAY,
    HEADERS,
    PING,
    PREFACE,
    PRIORITY,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    frame,
)
from simulator.fuzzing.framing import CODINGS, LENGTHS, LINES, SIZES
from simulator.fuzzing.http import HTTP, Frame, Frames, Header, Pieces, parsed
from simulator.fuzzing.http2_requests import block, fields, request

OCTETS = "application/octet-stream"
AT_A = (Header("host", "ds.a.example"), Header("content-type", OCTETS))
WEBSOCKET = (
    Header("connection", "keep-alive, Upgrade"),
    Header("upgrade", "websocket"),
    Header("sec-websocket-version", "13"),
    Header("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA=="),
)

REQUESTS = (
    HTTP(
        "HEAD", "//", (Header("content-type", "application/OCTET-stream"), Header("accept-encoding", "gzip")), b"\x00"
    ),
    HTTP("PUT", "{post}/", (Header("content-type", f"{OCTETS}; charset=x"), Header("cookie", "a=b")), b""),
    HTTP("OPTIONS", "*", (Header("host", "ds.b.example"), Header("host", "ds.a.example:443")), bytes(250_000)),
    HTTP(
        "TRACE",
        "/?a=b",
        (Header("host", ""), Header("content-encoding", "gzip"), Header("expect", "100-continue")),
        b"",
    ),
    HTTP("DELETE", "/%2e%2e/%00", (Header("host", "[::1]:8443"), Header("range", "bytes=0-1")), b"x" * 17_000),
    HTTP("get", "{get}?x", (Header("host", "a.example:x"), Header("x" * 300, "y" * 8_000)), b"x"),
    HTTP("PATCH", "https://b.example{post}", (Header("upgrade", "websocket"), Header("te", "trailers")), b""),
    HTTP("GET", "{get}", (Header("host", "A.EXAMPLE"), Header("connection", "upgrade")), b""),
    HTTP("GET", "HTTPS://A.EXAMPLE{get}", (Header("host", "ds.b.example:"),), b""),
    HTTP("OPTIONS", "{post}", (Header("host", "ds.a.example:99999"), Header("expect", "100-continue")), b"x"),
    HTTP("POST", "{post}", (*AT_A, Header("transfer-encoding", "chunked")), b"1\r\nx\r\n0\r\n\r\n" * 2),
    HTTP("GET", "{post}", (*AT_A, *WEBSOCKET), b"hello"),
    HTTP("GET", "/", (*AT_A, Header("connection", "upgrade"), Header("upgrade", "h2c")), b""),
    HTTP(
        "POST",
        "{post}",
        (*AT_A, Header("content-encoding", "identity"), Header("content-encoding", "gzip"), Header("x", "")),
        b"\x1f\x8b",
    ),
    HTTP("CONNECT", "ds.a.example:443", AT_A, b""),
    HTTP("GET", "/ HTTP/1.2\r\nhost: ds.a.example\r\n\r\n\r\n\r\nGET /", AT_A, b"\r\n"),
)

CONNECT = bytes.fromhex("0207") + b"CONNECT" + bytes.fromhex("010c") + b"ds.a.example"
"""An HPACK block without :path and :scheme."""

SPICE_FRAMES = Frames(
    (
        Frame(0x0, 0x1, 1, b"x"),
        Frame(0x0, 0x8, 3, b"\xff"),
        Frame(0x1, 0x5, 3, CONNECT),
        Frame(0x1, 0x25, 5, b"\x00\x00\x00\x05\xff" + CONNECT),
        Frame(0x1, 0x0, 7, CONNECT[:5]),
        Frame(0x2, 0x0, 1, b"\x00\x00\x00\x01\x10"),
        Frame(0x2, 0x0, 9, b"\x80\x00\x00\x09\xff"),
        Frame(0x3, 0x0, 1, bytes(4)),
        Frame(0x4, 0x0, 0, b"\x00\x04\x00\x00\x00\x00"),
        Frame(0x4, 0x0, 0, b"\x00\x01\xff\xff\xff\xff\x00\x03\x00\x00\x00\x00"),
        Frame(0x4, 0x1, 0, b""),
        Frame(0x5, 0x4, 1, bytes(4)),
        Frame(0x6, 0x0, 0, bytes(8)),
        Frame(0x7, 0x0, 0, bytes(8)),
        Frame(0x8, 0x0, 0, b"\x7f\xff\xff\xff"),
        Frame(0x8, 0x0, 1, b"\x00\x00\x00\x00"),
        Frame(0x9, 0x4, 7, CONNECT[5:]),
        Frame(0xBE, 0xFF, 0xFFFFFFFF, b"unknown"),
    )
)

_OPEN = request(1, flags=END_HEADERS)
_DONE = request(1)
_RESET = frame(RST_STREAM, 0, 1, b"\0\0\0\x08")
_PADDED, _PRIORITY_FLAG = 0x8, 0x20
_LENGTH = ("content-length", "5")


def _settings(number: int, value: int) -> bytes:
    return frame(SETTINGS, 0, 0, number.to_bytes(2, "big") + value.to_bytes(4, "big"))


def _trailers(*headers: tuple[str, str], flags: int = END_HEADERS | END_STREAM) -> bytes:
    return _OPEN + frame(DATA, 0, 1, b"x") + frame(HEADERS, flags, 1, block(*headers or [("x", "y")]))


_CONVERSATIONS: Mapping[str, bytes] = {
    "rapid reset": b"".join(request(n) + frame(RST_STREAM, 0, n, bytes(4)) for n in range(1, 60, 2)),
    "reset in the body": _OPEN + frame(DATA, 0, 1, b"x") + _RESET + frame(DATA, END_STREAM, 1, b"y"),
    "reset twice": _DONE + _RESET + _RESET,
    "reset of an idle stream": _RESET,
    "reset of stream 0": frame(RST_STREAM, 0, 0, bytes(4)),
    "short reset": _OPEN + frame(RST_STREAM, 0, 1, bytes(3)),
    "headers after the end": _DONE + _DONE,
    "headers after a reset": _OPEN + _RESET + _DONE,
    "data after the end": _DONE + frame(DATA, END_STREAM, 1, b"x"),
    "data on an idle stream": frame(DATA, 0, 1, b"x") + _DONE,
    "data on stream 0": _OPEN + frame(DATA, 0, 0, b"x"),
    "numbers that go down": request(5) + request(3),
    "an even stream": request(2),
    "the last stream": request(2**31 - 1) + request(1),
    "headers on stream 0": frame(HEADERS, 5, 0, block()),
    "window of 0": _OPEN + frame(WINDOW_UPDATE, 0, 1, bytes(4)) + frame(DATA, END_STREAM, 1, b"x"),
    "connection's window of 0": frame(WINDOW_UPDATE, 0, 0, bytes(4)) + _DONE,
    "window too large": _OPEN + frame(WINDOW_UPDATE, 0, 1, b"\x7f\xff\xff\xff") * 2,
    "connection's window too large": frame(WINDOW_UPDATE, 0, 0, b"\x7f\xff\xff\xff") * 2 + _DONE,
    "window of an idle stream": frame(WINDOW_UPDATE, 0, 9, b"\0\0\0\1") + _DONE,
    "short window": _OPEN + frame(WINDOW_UPDATE, 0, 1, b"\0\0\1"),
    "window by settings too large": _settings(4, 2**31) + _DONE,
    "window by settings and by update": _OPEN + frame(WINDOW_UPDATE, 0, 1, b"\x7f\xff\0\0") + _settings(4, 2**31 - 1),
    "frame size 0": _settings(5, 0) + _DONE,
    "frame size 2^24": _settings(5, 2**24) + _DONE,
    "push 2": _settings(2, 2) + _DONE,
    "no table": _settings(1, 0) + _DONE,
    "endless table": _settings(1, 2**32 - 1) + _DONE,
    "no streams": _settings(3, 0) + _DONE,
    "header list of 0": _settings(6, 0) + _DONE,
    "connect protocol, back and forth": _settings(8, 1) + _settings(8, 0) + _DONE,
    "settings of five bytes": frame(SETTINGS, 0, 0, bytes(5)) + _DONE,
    "settings of a stream": frame(SETTINGS, 0, 1) + _DONE,
    "settings' answer with content": frame(SETTINGS, 1, 0, bytes(6)) + _DONE,
    "an answer to no settings": frame(SETTINGS, 1, 0) * 9 + _DONE,
    "settings in a block": frame(HEADERS, END_STREAM, 1, block()) + frame(SETTINGS, 0, 0),
    "short ping": frame(PING, 0, 0, bytes(7)) + _DONE,
    "ping of a stream": frame(PING, 0, 1, bytes(8)) + _DONE,
    "an answer to no ping": frame(PING, 1, 0, bytes(8)) * 9 + _DONE,
    "short goodbye": frame(GOAWAY, 0, 0, bytes(7)) + _DONE,
    "goodbye of a stream": _DONE + frame(GOAWAY, 0, 1, bytes(8)),
    "goodbye with an unknown error": _DONE + frame(GOAWAY, 0, 0, b"\xff" * 8 + b"why") + request(3),
    "goodbye in a block": frame(HEADERS, END_STREAM, 1, block()) + frame(GOAWAY, 0, 0, bytes(8)),
    "padding as long as the data": _OPEN + frame(DATA, END_STREAM | _PADDED, 1, b"\x05hello"),
    "padding without a length": _OPEN + frame(DATA, END_STREAM | _PADDED, 1),
    "padding only": _OPEN + frame(DATA, END_STREAM | _PADDED, 1, b"\x05" + bytes(5)),
    "headers' padding too long": frame(HEADERS, 5 | _PADDED, 1, b"\xff" + block()),
    "headers with padding": frame(HEADERS, 5 | _PADDED, 1, b"\x03" + block() + bytes(3)),
    "headers that depend on themselves": frame(HEADERS, 5 | _PRIORITY_FLAG, 1, b"\0\0\0\1\xff" + block()),
    "headers with half a priority": frame(HEADERS, 5 | _PRIORITY_FLAG, 1, b"\0\0\0"),
    "short priority": frame(PRIORITY, 0, 1, bytes(4)) + _DONE,
    "priority of stream 0": frame(PRIORITY, 0, 0, bytes(5)) + _DONE,
    "frame too large": _OPEN + frame(DATA, END_STREAM, 1, bytes(16_385)),
    "more than the window": _OPEN + frame(DATA, 0, 1, bytes(16_384)) * 5,
    "block without a begin": frame(CONTINUATION, END_HEADERS, 1, block()),
    "block of another stream": frame(HEADERS, END_STREAM, 1, block()[:9]) + frame(CONTINUATION, 4, 3, block()[9:]),
    "block with data in it": frame(HEADERS, 0, 1, block()[:9]) + frame(DATA, 0, 1, b"x"),
    "block with a priority in it": frame(HEADERS, 0, 1, block()[:9]) + frame(PRIORITY, 0, 3, bytes(5)),
    "block after its end": _OPEN + frame(CONTINUATION, END_HEADERS, 1, block(("x", "y"))),
    "block of one byte each": frame(HEADERS, 1, 1)
    + b"".join(frame(CONTINUATION, 0, 1, bytes([byte])) for byte in block(*fields())[:-1])
    + frame(CONTINUATION, END_HEADERS, 1, block(*fields())[-1:]),
    "empty block": frame(HEADERS, 5, 1) + request(3),
    "trailers": _trailers(),
    "trailers without an end": _trailers(flags=END_HEADERS),
    "trailers with a path": _trailers((":path", "/x")),
    "trailers with a length": _trailers(("content-length", "7")),
    "trailers twice": _trailers() + frame(HEADERS, 5, 1, block(("x", "y"))),
    "trailers in two parts": _trailers(flags=END_STREAM) + frame(CONTINUATION, END_HEADERS, 1),
    "push by a client": _DONE + frame(5, END_HEADERS, 1, b"\0\0\0\2" + block()),
    "length too small": request(1, *fields(), _LENGTH, flags=END_HEADERS) + frame(DATA, END_STREAM, 1, b"hello!"),
    "two lengths": request(1, *fields(), _LENGTH, ("content-length", "6")) + request(3),
    "no length": request(1, *fields(), ("content-length", "+5")) + request(3),
    "two lengths that agree": request(1, *fields(), _LENGTH, _LENGTH, flags=4) + frame(DATA, END_STREAM, 1, b"hello"),
    "expectation": request(1, *fields(), ("expect", "100-continue"), flags=4) + frame(DATA, END_STREAM, 1, b"x"),
    "WebSocket": request(1, *fields(method="CONNECT", protocol="websocket"), flags=4) + frame(DATA, 0, 1, b"\x81\0"),
    "fields of HTTP/1.1": request(1, *fields(), ("transfer-encoding", "chunked"), ("connection", "close")) + request(3),
    "no end": request(1, flags=END_HEADERS) + request(3, flags=END_HEADERS) + frame(DATA, 0, 3, b"x"),
}

CONVERSATIONS = {name: parsed(frame(SETTINGS, 0, 0) + data) for name, data in _CONVERSATIONS.items()}
"""HTTP/2: what findings were about, and the frames of RFC 9113 in places where it does not have them."""

_POST = (b"POST {post} HTTP/1.1\r\n", b"Host: ds.a.example\r\n")
_LAST = (b"GET /last HTTP/1.1\r\n", b"Host: ds.a.example\r\n", b"Connection: close\r\n", b"\r\n")
_CHUNKED = b"Transfer-Encoding: chunked\r\n"
_FIVE = b"Content-Length: 5\r\n"
_WEBSOCKET = b"".join(f"{header.name}: {header.value}\r\n".encode() for header in WEBSOCKET)


def _framed(*lines: bytes, body: tuple[bytes, ...] = (b"hello",)) -> Pieces:
    """A request with these lines in its head, and one behind it."""
    return Pieces((*_POST, *lines, b"\r\n", *body, *_LAST))


def _chunks(*chunks: bytes) -> Pieces:
    return _framed(_CHUNKED, body=chunks)


_HEADS = (
    *(b"GET  / HTTP/1.1\r\n", b"GET /\r\n", b"GET / http/1.1\r\n", b"GET / HTTP/1.1 \r\n", b"GET / HTTP/1.10\r\n"),
    *(b"GET\t/ HTTP/1.1\r\n", b"GET / HTTP/1.1\n", b" GET / HTTP/1.1\r\n", b"\0GET / HTTP/1.1\r\n", b"/ HTTP/1.1\r\n"),
)

PIECES = (
    *(_framed(b"Content-Length: " + length + b"\r\n") for length in LENGTHS),
    *(
        _framed(b"Transfer-Encoding: " + coding + b"\r\n", body=(b"5\r\nhello\r\n", b"0\r\n", b"\r\n"))
        for coding in CODINGS
    ),
    *(_chunks(size, b"hello\r\n", b"0\r\n", b"\r\n") for size in SIZES),
    *(_framed(line, _FIVE) for line in (*LINES, _WEBSOCKET)),
    *(Pieces((head, *_POST[1:], b"\r\n", *_LAST)) for head in _HEADS),
    _chunks(b"5\r\nhello", b"5\r\nhello\r\n", b"0\r\n\r\n"),
    _chunks(b"5\r\nhello\r\n", b"0\r\n", b"Content-Length: 7\r\n", b"Host: ds.b.example\r\n", b"\r\n"),
    _chunks(b"0\r\n", b"X y: z\r\n", b"\r\n"),
    _chunks(*(b"1\r\nx\r\n",) * 40, b"0\r\n", b"\r\n"),
    _chunks(b"5\r\nhello\r\n"),
    _framed(_FIVE, _CHUNKED, body=(b"5\r\nhello\r\n", b"0\r\n\r\n")),
    _framed(_CHUNKED, _WEBSOCKET, body=(b"5\r\nhello\r\n", b"0\r\n\r\n")),
    _framed(_FIVE, b"Expect: 100-continue\r\n", body=()),
    _framed(_FIVE, b"Connection: Upgrade, HTTP2-Settings\r\n", b"Upgrade: h2c\r\n", b"HTTP2-Settings: AAMAAABk\r\n"),
    Pieces((PREFACE, frame(SETTINGS, 0, 0), request(1))),
    Pieces((*_POST, _FIVE, b"\r\n", b"hello") * 8 + _LAST),
    Pieces((*_POST, _FIVE, b"\r\n", b"hello", b"\r\n", b"\r\n", *_LAST, *_LAST)),
    Pieces((b"POST / HTTP/1.0\r\n", _CHUNKED, b"\r\n", b"5\r\nhello\r\n", b"0\r\n\r\n", *_LAST)),
    Pieces((b"GET / HTTP/1.0\r\n", b"Expect: 100-continue\r\n", b"Connection: keep-alive\r\n", b"\r\n", *_LAST)),
)
"""HTTP/1.1: framing of every kind, and what is no head."""


def placed(post: str, get: str) -> tuple[list[HTTP], list[Pieces]]:
    """REQUESTS and PIECES, with the paths of an endpoint to which something is sent and of one that is only read."""
    requests = [replace(each, target=each.target.replace("{post}", post).replace("{get}", get)) for each in REQUESTS]
    pieces = [Pieces(tuple(piece.replace(b"{post}", post.encode()) for piece in each.pieces)) for each in PIECES]
    return requests, pieces
