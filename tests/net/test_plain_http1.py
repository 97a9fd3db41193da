"""What is read as plain is what h11 reads; what h11 would refuse, or might take in another way, is not plain."""

from random import Random

import h11
import pytest

from simulator.net.http import decode_headers
from simulator.net.plain_http1 import plain_answer, plain_reply, plain_request

REQUEST = b"POST /a/b?c=%20 HTTP/1.1\r\nHost: ds.a.example\r\ncontent-type: a/b; c=d\r\nContent-Length: 4\r\n\r\nbody"
GET = b"GET / HTTP/1.1\r\nhost: ds.a.example\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\ncontent-length: 4\r\ndate: Mon, 30 Nov 2026\r\n\r\nbody"
DATE = (b"date", b"Mon, 30 Nov 2026 17:59:20 GMT")
ALPHABET = b"\r\n\t :;,0159aAZ\x00\x7f\xe4/?*-%"


def _mutated(message: bytes, random: Random) -> bytes:
    data = bytearray(message)
    for _ in range(random.randint(1, 3)):
        place = random.randrange(len(data))
        piece = bytes([random.choice(ALPHABET)])
        match random.randrange(4):
            case 0:
                data[place : place + 1] = piece
            case 1:
                data[place:place] = piece
            case 2:
                del data[place]
            case _:
                data[place:place] = data[random.randrange(len(data)) :][: random.randint(1, 20)]
    return bytes(data)


def _read(role: type[h11.CLIENT] | type[h11.SERVER], data: bytes) -> tuple[h11.Request | h11.Response, bytes]:
    """One message as h11 has it. Raises RemoteProtocolError, and fails where something is missing or left."""
    connection = h11.Connection(role)
    if role is h11.CLIENT:
        connection.send(h11.Request(method="POST", target="/", headers=[("host", "x"), ("content-length", "0")]))
        connection.send(h11.EndOfMessage())
    connection.receive_data(data)
    head, body = connection.next_event(), b""
    while isinstance(event := connection.next_event(), h11.Data):
        body += event.data
    assert (type(event), connection.trailing_data, connection.their_state) == (h11.EndOfMessage, (b"", False), h11.DONE)
    return head, body  # type: ignore[return-value]


def test_a_plain_request() -> None:
    found = plain_request(REQUEST)
    assert found is not None
    head = found.head
    assert (head.meaning.method, head.target, found.body) == ("POST", b"/a/b?c=%20", b"body")
    assert (head.meaning.path, head.meaning.query, head.meaning.authority) == ("/a/b", "c=%20", "ds.a.example")
    assert head.fields == ((b"host", b"ds.a.example"), (b"content-type", b"a/b; c=d"), (b"content-length", b"4"))
    assert head.meaning.headers == tuple((name.decode(), value.decode()) for name, value in head.fields)
    assert plain_request(GET) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"HTTP/1.1", b"HTTP/1.0"),
        (b"POST", b"post"),
        (b"POST", b"HEAD"),
        (b"POST", b"CONNECT"),
        (b"/a/b?c=%20", b"https://ds.a.example/"),
        (b"\r\nHost", b"\nHost"),
        (b"\r\nHost", b"\r\n Host"),
        (b"content-type: a/b; c=d", b"content-type: a/b;\r\n c=d"),
        (b"content-type:", b"content-type :"),
        (b"a/b; c=d", b"a/b; c=d\x00"),
        (b"a/b; c=d", b"\xe4"),
        (b"a/b; c=d", b""),
        (b"Host: ds.a.example\r\n", b""),
        (b"Host: ds.a.example", b"Host: ds.a.example\r\nhost: ds.b.example"),
        (b"content-type: a/b", b"transfer-encoding: chunked"),
        (b"content-type: a/b", b"Transfer-Encoding: identity"),
        (b"content-type: a/b; c=d", b"Connection: close"),
        (b"content-type: a/b; c=d", b"Expect: 100-continue"),
        (b"content-type: a/b; c=d", b"upgrade: websocket"),
        (b"content-type: a/b; c=d", b"content-length: 4"),
        (b"Length: 4", b"Length: 5"),
        (b"Length: 4", b"Length: 3"),
        (b"Length: 4", b"Length: +4"),
        (b"Length: 4", b"Length: 4, 4"),
        (b"Length: 4", b"Length: 0x4"),
        (b"Length: 4", b"Length: \xd9\xa4"),
        (b"Content-Length: 4\r\n", b""),
        (b"\r\n\r\n", b"\n\n"),
        (b"\r\n\r\n", b"\r\r\n"),
        (b"body", b"body" + GET),
    ],
)
def test_whatever_is_not_plain_is_left_to_h11(old: bytes, new: bytes) -> None:
    assert plain_request(REQUEST.replace(old, new, 1)) is None


@pytest.mark.parametrize("size", range(len(REQUEST)))
def test_a_part_of_a_request_is_not_plain(size: int) -> None:
    assert plain_request(REQUEST[:size]) is None


def test_a_plain_request_is_what_h11_reads() -> None:
    random, plain = Random(1), 0
    for number in range(4000):
        data = _mutated(REQUEST if number % 2 else GET, random)
        found = plain_request(data)
        if found is not None:
            head, body = _read(h11.SERVER, data)
            assert isinstance(head, h11.Request)
            assert (found.head.meaning.method.encode(), found.head.target) == (head.method, head.target)
            assert (list(found.head.fields), found.body) == (list(head.headers), body)
            plain += 1
    assert 200 < plain < 3800


def test_a_plain_answer_is_what_h11_reads() -> None:
    random, plain = Random(1), 0
    for _ in range(4000):
        data = _mutated(ANSWER, random)
        found = plain_answer(data)
        if found is not None and found.end == len(data):
            head, body = _read(h11.CLIENT, data)
            assert isinstance(head, h11.Response)
            assert (found.status, found.headers) == (head.status_code, decode_headers(head.headers.raw_items()))
            assert data[found.start :] == body
            plain += 1
    assert 200 < plain < 3800


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"1.1 200", b"1.0 200"),
        (b"1.1 200", b"1.1 101"),
        (b"1.1 200", b"1.1 204"),
        (b"1.1 200", b"1.1 304"),
        (b"200 OK", b"200"),
        (b"content-length: 4", b"transfer-encoding: chunked"),
        (b"content-length: 4", b"connection: close"),
        (b"content-length: 4\r\n", b""),
        (b"content-length: 4", b"content-length: 4\r\ncontent-length: 4"),
        (b"content-length: 4", b"content-length: -4"),
        (b"Content-Type: a/b", b"Content-Type:a/b"),
        (b"\r\n\r\n", b"\n\n"),
    ],
)
def test_an_answer_that_is_not_plain(old: bytes, new: bytes) -> None:
    assert plain_answer(ANSWER) is not None
    assert plain_answer(ANSWER.replace(old, new, 1)) is None


@pytest.mark.parametrize(
    ("status", "fields", "body"),
    [
        (200, [(b"content-type", b"a/b"), (b"content-length", b"4"), DATE], b"body"),
        (404, [(b"content-length", b"0"), DATE], b""),
        (204, [DATE], b""),
    ],
)
def test_a_plain_reply_is_what_h11_writes(status: int, fields: list[tuple[bytes, bytes]], body: bytes) -> None:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(GET)
    while not isinstance(connection.next_event(), h11.EndOfMessage):
        pass
    parts = (h11.Response(status_code=status, headers=fields), h11.Data(data=body), h11.EndOfMessage())
    assert plain_reply(status, tuple(fields), body) == b"".join(connection.send(part) or b"" for part in parts)


NONE = (b"content-length", b"0")


@pytest.mark.parametrize(
    ("status", "fields", "body"),
    [
        (103, [NONE], b""),
        (200, [(b"content-length", b"5")], b"body"),
        (200, [(b"content-type", b"a/b")], b""),
        (200, [(b"x", b"\r\nset-cookie: a"), NONE], b""),
        (200, [(b"x", b"a\r\nset-cookie: b"), NONE], b""),
        (200, [(b"x: a\r\nset-cookie", b"b"), NONE], b""),
        (200, [(b"x: a", b"b"), NONE], b""),
        (200, [(b"connection", b"close"), NONE], b""),
        (200, [(b"host", b"a"), NONE], b""),
        (200, [(b"x", b"a"), (b"x", b"b"), NONE], b""),
        (200, [(b"Content-Length", b"4")], b"body"),
        (204, [NONE], b""),
    ],
)
def test_a_reply_that_is_not_plain(status: int, fields: list[tuple[bytes, bytes]], body: bytes) -> None:
    assert plain_reply(status, (*fields, DATE), body) is None


def test_a_head_is_read_once_and_its_body_each_time() -> None:
    first, second = plain_request(REQUEST), plain_request(REQUEST[:-4] + b"more")
    assert first is not None
    assert second is not None
    assert first.head is second.head
    assert (first.body, second.body) == (b"body", b"more")
    assert plain_request(REQUEST + b"!") is None


def test_a_long_head_is_read_each_time() -> None:
    long = REQUEST.replace(b"a/b; c=d", b"a" * 1024)
    first, second = plain_request(long), plain_request(long)
    assert first is not None
    assert second is not None
    assert first == second
    assert first.head is not second.head


def test_a_head_of_many_lines_is_read_each_time() -> None:
    many = REQUEST.replace(b"content-type: a/b; c=d\r\n", b"".join(b"f%d: a\r\n" % number for number in range(40)))
    first, second = plain_request(many), plain_request(many)
    assert first is not None
    assert second is not None
    assert first.head is not second.head


@pytest.mark.parametrize("fields", [((b"x", b"a" * 2000), NONE), (*((b"f%d" % n, b"a") for n in range(40)), NONE)])
def test_a_long_reply_is_written_as_a_short_one(fields: tuple[tuple[bytes, bytes], ...]) -> None:
    head = b"HTTP/1.1 200 \r\n" + b"".join(b"%b: %b\r\n" % field for field in fields) + b"\r\n"
    assert plain_reply(200, fields, b"") == head
