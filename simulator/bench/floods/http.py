"""Floods of HTTP/1.1 and HTTP/2, whatever is spoken over it: bytes for one connection after the other."""

from collections.abc import Callable, Mapping

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
    block,
    frame,
    request,
)
from simulator.dataclass import dataclass

BODY = 4 * 1024 * 1024
"""Octets of the largest body that a provider takes."""
OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Flood:
    """Bytes for one connection after the other: `first`, then `more` as often as the server takes it."""

    alpn: str
    first: bytes
    more: bytes


def over_http2(more: bytes, first: bytes = b"", settings: bytes = b"") -> Flood:
    """Frames behind the preface and our settings."""
    return Flood("h2", PREFACE + frame(SETTINGS, 0, 0, settings) + first, more)


def over_http1(more: bytes, first: bytes = b"") -> Flood:
    """Octets as they are."""
    return Flood("http/1.1", first, more)


def post(host: str, path: str, body: bytes) -> bytes:
    """A whole request of HTTP/1.1."""
    head = f"POST {path} HTTP/1.1\r\nContent-Type: {OCTETS}\r\nContent-Length: {len(body)}\r\nHost: {host}\r\n\r\n"
    return head.encode() + body


def http_floods(host: str) -> Mapping[str, Flood]:
    """All of them, for the server that is called so."""
    return {**_of_frames(), **_of_streams(host), **_of_lines(host)}


def _priorities(parent: Callable[[int], int], flag: int = 0) -> Flood:
    streams = range(1, 1001, 2)
    return over_http2(
        b"".join(frame(PRIORITY, 0, stream, (flag | parent(stream)).to_bytes(4, "big") + b"\xff") for stream in streams)
    )


def _of_frames() -> dict[str, Flood]:
    """Floods of frames that belong to no request."""
    return {
        "PRIORITY": _priorities(lambda _: 0),
        "PRIORITY chain": _priorities(lambda stream: stream - 2 if stream > 1 else 0, 0x80000000),
        "PRIORITY circle": _priorities(lambda stream: stream),
        "PING": over_http2(frame(PING, 0, 0, bytes(8)) * 1000),
        "unknown frames": over_http2(frame(0xF0, 0xFF, 1) * 1000),
        "GOAWAY": over_http2(frame(GOAWAY, 0, 0, bytes(8)) * 1000),
        "CONTINUATION": over_http2(frame(CONTINUATION, 0, 1) * 1000, frame(HEADERS, 0, 1)),
        "header table sizes": over_http2(frame(CONTINUATION, 0, 1, b"\x20" * 16_384), frame(HEADERS, 0, 1)),
        "Huffman": over_http2(
            frame(CONTINUATION, 0, 1, b"\x07" * 16_384), frame(HEADERS, 0, 1, b"\x40\x01x\xff\x81\xff\x1e")
        ),
        "large frame": over_http2(bytes(16_384), b"\xff\xff\xff\x00\x00\x00\x00\x00\x01"),
    }


def _of_streams(host: str) -> dict[str, Flood]:
    """Floods of requests, and of what belongs to their streams."""
    fields = [(":method", "POST"), (":scheme", "https"), (":authority", host), (":path", "/x")]

    def numbers(count: int) -> list[int]:
        return [2 * number + 1 for number in range(count)]

    def asked(stream: int, *more: tuple[str, str], flags: int = END_HEADERS | END_STREAM) -> bytes:
        return request(stream, [*fields, *more], flags)

    def unfinished(count: int) -> bytes:
        """Requests of which each has a body that never ends."""
        return b"".join(asked(stream, flags=END_HEADERS) for stream in numbers(count))

    bomb = block(fields) + b"\x40\x01x\x7f\x81\x1e" + b"y" * 4096 + b"\xbe" * 12_000
    resets = b"".join(asked(each) + frame(RST_STREAM, 0, each, bytes(4)) for each in numbers(500))
    windows = frame(SETTINGS, 0, 0, b"\0\4\0\0\0\0" * 100 + b"\0\4\0\0\xff\xff") * 10
    return {
        "SETTINGS": over_http2(windows, unfinished(100)),
        "WINDOW_UPDATE": over_http2(frame(WINDOW_UPDATE, 0, 0, b"\0\0\0\1") * 1000, unfinished(100)),
        "resets": over_http2(b"", resets),
        "empty DATA": over_http2(frame(DATA, 0, 1) * 1000, unfinished(1)),
        "DATA of one byte": over_http2(frame(DATA, 0, 1, b"x") * 1000, unfinished(1)),
        "padded DATA": over_http2(frame(DATA, 0x8, 1, b"\xff" + bytes(255)) * 100, unfinished(1)),
        "header bomb": over_http2(b"", frame(HEADERS, 0, 1, bomb)),
        "many headers": over_http2(b"".join(asked(each, *[("x", "")] * 300) for each in numbers(50))),
        "bodies on all streams": over_http2(
            b"".join(frame(DATA, 0, each, bytes(600)) for each in numbers(100)), unfinished(100)
        ),
        "answers byte by byte": over_http2(
            b"".join(frame(WINDOW_UPDATE, 0, each, b"\0\0\0\1") for each in numbers(100)),
            b"".join(asked(each) for each in numbers(100)),
            b"\0\4\0\0\0\0",
        ),
    }


def _of_lines(host: str) -> dict[str, Flood]:
    """Floods of HTTP/1.1."""
    name = f"Host: {host}\r\n".encode()
    return {
        "requests": over_http1(b"GET /nothing HTTP/1.1\r\n" + name + b"\r\n"),
        "chunks of one byte": over_http1(
            b"1\r\nx\r\n" * 1000, b"POST / HTTP/1.1\r\n" + name + b"Transfer-Encoding: chunked\r\n\r\n"
        ),
        "empty lines": over_http1(b"\r\n" * 10_000),
        "small headers": over_http1(b"GET / HTTP/1.1\r\n" + name + b"x:\r\n" * 3000 + b"\r\n"),
        "folded headers": over_http1(b"GET / HTTP/1.1\r\n" + name + b"x: y\r\n" + b" z\r\n" * 3000 + b"\r\n"),
        "no HTTP": over_http1(b"x" * 16_384),
        "body that is not wanted": over_http1(post(host, "/nothing", bytes(BODY))),
        "handshakes": Flood("http/1.1", b"", b""),
    }
