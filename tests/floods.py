"""What anybody can send to a server without asking for anything that costs it something: floods, as bytes.

The benchmark `bench_loop_stall` sends each for seconds, the fuzzers take from them. All are for ds.a.example.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from simulator.codec.varint import write_varint
from tests.net.frames import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    GOAWAY,
    HEADERS,
    PING,
    PREFACE,
    PRIORITY,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    block,
    fields,
    frame,
    request,
)

BODY = 4 * 1024 * 1024
HOST = b"Host: ds.a.example\r\n"
OCTETS = ("content-type", "application/octet-stream")


@dataclass(frozen=True)
class Flood:
    """Bytes for one connection after the other: `first`, then `more` as often as the server takes it."""

    alpn: str
    first: bytes
    more: bytes


def _http2(more: bytes, first: bytes = b"", settings: bytes = b"") -> Flood:
    return Flood("h2", PREFACE + frame(SETTINGS, 0, 0, settings) + first, more)


def _http1(more: bytes, first: bytes = b"") -> Flood:
    return Flood("http/1.1", first, more)


def _priorities(parent: Callable[[int], int], flag: int = 0) -> bytes:
    streams = range(1, 1001, 2)
    return b"".join(
        frame(PRIORITY, 0, stream, (flag | parent(stream)).to_bytes(4, "big") + b"\xff") for stream in streams
    )


def _resets(size: int) -> bytes:
    numbers = [2 * number + 1 for number in range(size)]
    return b"".join(request(number) + frame(RST_STREAM, 0, number, bytes(4)) for number in numbers)


def _streams(size: int) -> bytes:
    """Requests of which each has a body that never ends."""
    return b"".join(request(2 * number + 1, flags=END_HEADERS) for number in range(size))


def _post(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nContent-Type: {OCTETS[1]}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + HOST + b"\r\n" + body


BASIC = b"\x00\x01\x00"
"""A basic credential without a name."""
LEAF = b"\x00\x00" + BASIC + bytes(5)
"""A leaf up to its source: keys, credential, capabilities, all empty."""
COMMIT = b"\x00\x01\x00\x01\x00" + bytes(8) + b"\x01" + bytes(4) + b"\x00\x03"
"""A public message of a member up to its commit."""

VECTORS: Mapping[str, tuple[str, bytes, bytes]] = {
    "empty recipients": ("deliver_message", b"\x00", b"\x00\x00"),
    "recipients": ("deliver_message", b"\x00", b"\x00\x1bmimi://a.example/d/alice/p0"),
    "empty certificates": ("group_operation", b"\x01\x00" + b"\x00\x00" + b"\x00\x02", b"\x00"),
    "extensions": ("group_operation", b"\x01\x00" + LEAF + b"\x02", b"\x00\x0a\x00"),
    "proposals by reference": ("group_operation", b"\x03" + COMMIT, b"\x02\x00"),
    "removes": ("group_operation", b"\x03" + COMMIT, b"\x01\x00\x03" + bytes(4)),
    "path nodes": ("group_operation", b"\x03" + COMMIT + b"\x00\x01" + LEAF + b"\x03\x00\x00\x00", b"\x00\x00"),
}
"""Endpoint, what stands in front of a vector of 4 MiB, and its item, over and over (RFC 9420)."""


def many(name: str, recipient: bytes = b"a.example") -> bytes:
    """A request with so many items of this kind; its answer is 413, or 403 for another recipient."""
    endpoint, before, item = VECTORS[name]
    names = b"\x00\x01\x09m.example" + bytes([len(recipient)]) + recipient
    items = item * ((BODY - len(names) - len(before) - 4) // len(item))
    return _post(f"/{endpoint}", names + before + write_varint(len(items)) + items)


FLOODS: Mapping[str, Flood] = {
    "PRIORITY": _http2(_priorities(lambda _: 0)),
    "PRIORITY chain": _http2(_priorities(lambda stream: stream - 2 if stream > 1 else 0, 0x80000000)),
    "PRIORITY circle": _http2(_priorities(lambda stream: stream)),
    "PING": _http2(frame(PING, 0, 0, bytes(8)) * 1000),
    "SETTINGS": _http2(frame(SETTINGS, 0, 0, b"\0\4\0\0\0\0" * 100 + b"\0\4\0\0\xff\xff") * 10, _streams(100)),
    "WINDOW_UPDATE": _http2(frame(WINDOW_UPDATE, 0, 0, b"\0\0\0\1") * 1000, _streams(100)),
    "unknown frames": _http2(frame(0xF0, 0xFF, 1) * 1000),
    "GOAWAY": _http2(frame(GOAWAY, 0, 0, bytes(8)) * 1000),
    "resets": _http2(b"", _resets(500)),
    "empty DATA": _http2(frame(DATA, 0, 1) * 1000, _streams(1)),
    "DATA of one byte": _http2(frame(DATA, 0, 1, b"x") * 1000, _streams(1)),
    "padded DATA": _http2(frame(DATA, 0x8, 1, b"\xff" + bytes(255)) * 100, _streams(1)),
    "CONTINUATION": _http2(frame(CONTINUATION, 0, 1) * 1000, frame(HEADERS, 0, 1)),
    "header table sizes": _http2(frame(CONTINUATION, 0, 1, b"\x20" * 16_384), frame(HEADERS, 0, 1)),
    "header bomb": _http2(
        b"", frame(HEADERS, 0, 1, block(*fields()) + b"\x40\x01x\x7f\x81\x1e" + b"y" * 4096 + b"\xbe" * 12_000)
    ),
    "Huffman": _http2(frame(CONTINUATION, 0, 1, b"\x07" * 16_384), frame(HEADERS, 0, 1, b"\x40\x01x\xff\x81\xff\x1e")),
    "many headers": _http2(b"".join(request(2 * number + 1, *fields(), *[("x", "")] * 300) for number in range(50))),
    "bodies on all streams": _http2(
        b"".join(frame(DATA, 0, 2 * number + 1, bytes(600)) for number in range(100)), _streams(100)
    ),
    "answers byte by byte": _http2(
        b"".join(frame(WINDOW_UPDATE, 0, 2 * number + 1, b"\0\0\0\1") for number in range(100)),
        b"".join(request(2 * number + 1) for number in range(100)),
        b"\0\4\0\0\0\0",
    ),
    "large frame": _http2(bytes(16_384), b"\xff\xff\xff\x00\x00\x00\x00\x00\x01"),
    "requests": _http1(b"GET /nothing HTTP/1.1\r\n" + HOST + b"\r\n"),
    "chunks of one byte": _http1(
        b"1\r\nx\r\n" * 1000, b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    ),
    "empty lines": _http1(b"\r\n" * 10_000),
    "small headers": _http1(b"GET / HTTP/1.1\r\n" + HOST + b"x:\r\n" * 3000 + b"\r\n"),
    "folded headers": _http1(b"GET / HTTP/1.1\r\n" + HOST + b"x: y\r\n" + b" z\r\n" * 3000 + b"\r\n"),
    "no HTTP": _http1(b"x" * 16_384),
    "body that is not wanted": _http1(_post("/nothing", bytes(BODY))),
    "body that is too large": _http1(_post("/group_operation", bytes(BODY + 1))),
    "unfinished body": _http1(b"", _post("/group_operation", bytes(BODY))[:-1]),
    "handshakes": Flood("http/1.1", b"", b""),
}


def floods() -> Iterator[tuple[str, Flood]]:
    """All of them, and those that are too large to keep."""
    yield from FLOODS.items()
    for name in VECTORS:
        yield f"4 MiB of {name}", _http1(many(name))
    yield "4 MiB of zeros", _http1(_post("/group_operation", bytes(BODY)))
    yield "4 MiB for another provider", _http1(many("recipients", b"b.example"))
