"""What an HTTP/2 server may answer, and what is no answer (RFC 9113 6.8, 8.1.1, 8.2, 8.3), by the stream's number."""

from collections.abc import Callable

from simulator.fuzzing.http2_answer_frames import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    GOAWAY,
    HEADERS,
    OK,
    PING,
    PUSH,
    RESET,
    answer,
    body,
    frame,
    goaway,
    head,
    settings,
)

EVER = 2**31 - 1
NOT_MODIFIED = ((b":status", b"304"), (b"content-length", b"5"))
INTERIM = ((b":status", b"103"), (b"link", b"</y>"))

GOOD: dict[str, Callable[[int], bytes]] = {
    "plain": answer,
    "with padding": lambda n: head(n) + frame(DATA, END_STREAM | 8, n, b"\x03hello\0\0\0"),
    "interim first": lambda n: head(n, INTERIM) + head(n, INTERIM) + answer(n),
    "trailers": lambda n: head(n) + body(n, b"hello", end=False) + head(n, [(b"x", b"y")], end=True),
    "length": lambda n: answer(n, (*OK, (b"content-length", b"5"))),
    "unknown frames": lambda n: frame(0xEE, 0xFF, n, b"?") + head(n) + frame(0xEE, 0, 0) + body(n, b"hello"),
    "304 with the length of something else": lambda n: head(n, NOT_MODIFIED) + body(n, b""),
    "ping": lambda n: frame(PING, 0, 0, bytes(8)) + answer(n),
    "goaway, own number": lambda n: goaway(n) + answer(n),
    "goaway, any number": lambda n: goaway(EVER) + answer(n),
    "goaway twice": lambda n: goaway(EVER) + head(n) + goaway(n) + body(n, b"hello"),
    "goaway in the content": lambda n: head(n) + body(n, b"he", end=False) + goaway(n) + body(n, b"llo"),
    "goaway with an error": lambda n: goaway(n, 11) + answer(n),
    "goaway with an unknown error": lambda n: goaway(n, 99) + answer(n),
    "goaway, then settings": lambda n: goaway(n) + settings(streams=1) + frame(PING, 0, 0, bytes(8)) + answer(n),
    "goaway, then a reset of what is done": lambda n: goaway(n) + answer(n) + frame(RESET, 0, n, bytes(4)),
}
"""All are the same answer."""

BAD: dict[str, tuple[Callable[[int], bytes], str]] = {
    "no status": (lambda n: answer(n, OK[1:]), "no :status"),
    "field": (lambda n: answer(n, (*OK, (b"X", b"y"))), "no field can have the name 'X'"),
    "empty name": (lambda n: answer(n, (*OK, (b"", b"y"))), "no field can have the name ''"),
    "trailer": (lambda n: head(n) + head(n, [(b"upgrade", b"x")], end=True), "'upgrade' is of HTTP/1.1's"),
    "status in trailers": (lambda n: head(n) + head(n, OK[:1], end=True), "':status' stands in the trailers"),
    "1000": (lambda n: answer(n, ((b":status", b"1000"),)), "its :status is '1000'"),
    "101": (lambda n: answer(n, ((b":status", b"101"),)), "no status 101"),
    "interim, at the end": (lambda n: head(n, INTERIM, end=True), "it is not HTTP/2"),
    "interim alone": (lambda n: head(n, INTERIM) + body(n, b"hello"), "it is not HTTP/2"),
    "content without head": (lambda n: body(n, b"hello"), "it is not HTTP/2"),
    "trailers that do not end": (lambda n: head(n) + head(n, [(b"x", b"y")]), "it is not HTTP/2"),
    "too short": (
        lambda n: answer(n, (*OK, (b"content-length", b"6"))),
        "5 bytes of content, and a content-length of '6'",
    ),
    "too short, no content": (lambda n: head(n, (*OK, (b"content-length", b"6")), end=True), "content-length of '6'"),
    "two lengths": (lambda n: answer(n, (*OK, (b"content-length", b"5"), (b"content-length", b"6"))), "not HTTP/2"),
    "no number": (lambda n: answer(n, (*OK, (b"content-length", b"five"))), "not HTTP/2"),
    "content of a 204": (lambda n: answer(n, ((b":status", b"204"),)), "5 bytes of content, and can"),
    "push": (lambda n: frame(PUSH, END_HEADERS, n, b"\0\0\0\2"), "not HTTP/2"),
    "no HPACK": (lambda n: frame(HEADERS, END_HEADERS, n, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff"), "not HTTP/2"),
    "a block that is not finished": (lambda n: frame(HEADERS, 0, n, b"\x88") + body(n, b"x"), "not HTTP/2"),
    "a goaway within a block": (lambda n: frame(HEADERS, 0, n, b"\x88") + goaway(n), "not HTTP/2"),
    "a block without its begin": (lambda n: frame(CONTINUATION, END_HEADERS, n, b"\x88"), "not HTTP/2"),
    "a short goaway": (lambda n: frame(GOAWAY, 0, 0, b"\0"), "not HTTP/2"),
    "a stream nobody opened": (lambda n: head(n + 2), "not HTTP/2"),
    "a huge frame": (lambda n: answer(n, content=bytes(2**14 + 1)), "not HTTP/2"),
    "a window too large": (lambda n: frame(8, 0, 0, b"\x7f\xff\xff\xff"), "not HTTP/2"),
}
"""With what is said of them."""
