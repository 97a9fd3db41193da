"""HTTP/1.1 as its RFCs have it, byte by byte: framing, targets, methods, versions, upgrades."""

from ssl import SSLWantReadError, SSLZeroReturnError

import pytest
import trio

from simulator.net import HTTPReply, HTTPRequest
from tests.net.loopback import Echo, Loopback, receive_all

HOST = b"Host: ds.a.example\r\n"
GET = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"
LAST = b"GET /last HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
WEBSOCKET = (
    b"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


async def _answers(loopback: Loopback, *pieces: bytes) -> bytes:
    """All that comes back until the server closes, of these bytes; each piece is sent on its own."""
    stream = await loopback.connect(strict=True)
    for piece in pieces:
        await stream.send_all(piece)
    with trio.fail_after(5):
        return await receive_all(stream)


def _statuses(answers: bytes) -> list[int]:
    return [int(part[:3]) for part in answers.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize(
    "lengths",
    [b"Content-Length: 4\r\n" + CHUNKED, CHUNKED + b"content-length: 19\r\n", CHUNKED + b"Content-Length: 0\r\n"],
)
async def test_a_request_with_two_lengths_is_the_last_one(loopback: Loopback, echo: Echo, lengths: bytes) -> None:
    """RFC 9112 6.1: it may be an attempt to smuggle in the request behind it."""
    await loopback.serve(echo)
    request = b"POST /x HTTP/1.1\r\n" + HOST + lengths + b"\r\n4\r\nbody\r\n0\r\n\r\n"
    answers = await _answers(loopback, request + GET + GET)
    assert _statuses(answers) == [200]
    assert b"\r\nconnection: close\r\n" in answers.lower()
    assert [(request.path, request.body) for request in echo.requests] == [("/x", b"body")]


@pytest.mark.parametrize(
    "pieces",
    [
        (b"\r\n" + LAST,),
        (b"\r\n\r\n\r\n" + LAST,),
        (b"\n" + LAST,),
        (b"\r", b"\n" + LAST),
        (b"\r\n", b"\r", b"\n", LAST),
        (GET + b"\r\n" + LAST,),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\n\r\nbody\r\n", LAST),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\n\r\nbody\r", b"\n" + LAST),
    ],
)
async def test_empty_lines_before_a_request_are_ignored(
    loopback: Loopback, echo: Echo, pieces: tuple[bytes, ...]
) -> None:
    await loopback.serve(echo)
    assert set(_statuses(await _answers(loopback, *pieces))) == {200}
    assert echo.requests[-1].path == "/last"


async def test_empty_lines_without_end_are_cheap(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    with trio.fail_after(5):
        assert _statuses(await _answers(loopback, b"\r\n" * 1_000_000 + LAST)) == [200]


@pytest.mark.parametrize(
    ("target", "authority", "path", "query"),
    [
        (b"/a?b?c", "ds.a.example", "/a", "b?c"),
        (b"/a%2F%00?%20", "ds.a.example", "/a%2F%00", "%20"),
        (b"//a", "ds.a.example", "//a", ""),
        (b"HTTPS://DS.C.EXAMPLE/a?b", "DS.C.EXAMPLE", "/a", "b"),
        (b"hTtPs://ds.c.example:443", "ds.c.example:443", "/", ""),
        (b"https://ds.c.example?b", "ds.c.example", "/", "b"),
        (b"https:///a", "", "/a", ""),
        (b"*", "ds.a.example", "*", ""),
    ],
)
async def test_a_target_in_each_of_its_forms(
    loopback: Loopback, echo: Echo, target: bytes, authority: str, path: str, query: str
) -> None:
    await loopback.serve(echo)
    request = b"OPTIONS " + target + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    assert _statuses(await _answers(loopback, request)) == [200]
    [seen] = echo.requests
    assert (seen.authority, seen.path, seen.query) == (authority, path, query)


@pytest.mark.parametrize("target", [b"a", b"ds.a.example:443", b"ftp://ds.a.example/", b"?a", b"*?a"])
async def test_a_target_that_has_none_of_the_forms_is_refused(loopback: Loopback, echo: Echo, target: bytes) -> None:
    await loopback.serve(echo)
    assert _statuses(await _answers(loopback, b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n" + GET)) == [400]
    assert echo.requests == []


@pytest.mark.parametrize("method", ["get", "Get", "GET", "post", "x-Own"])
async def test_a_method_is_what_its_letters_say(loopback: Loopback, echo: Echo, method: str) -> None:
    await loopback.serve(echo)
    await _answers(loopback, method.encode() + b" / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    assert [request.method for request in echo.requests] == [method]


@pytest.mark.parametrize("version", ["0.9", "1.2", "1.9", "2.0", "3.0"])
async def test_another_version_is_refused_and_nothing_behind_it_read(
    loopback: Loopback, echo: Echo, version: str
) -> None:
    await loopback.serve(echo)
    assert _statuses(await _answers(loopback, f"GET / HTTP/{version}\r\n".encode() + HOST + b"\r\n" + GET)) == [505]
    assert (echo.requests, loopback.reports) == ([], [])


async def test_http_1_0_is_served_once(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    assert _statuses(await _answers(loopback, b"GET / HTTP/1.0\r\n" + HOST + b"\r\n" + GET)) == [200]
    assert [request.peer.http_version for request in echo.requests] == ["1.0"]


async def test_connect_is_not_implemented(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    request = b"CONNECT ds.a.example:443 HTTP/1.1\r\n" + HOST + b"\r\n"
    assert _statuses(await _answers(loopback, request + LAST)) == [501, 200]
    assert len(echo.requests) == 1


@pytest.mark.parametrize("upgrade", [b"h2c", b"h2c, x", b"TLS/1.0", b"websocket/14"])
@pytest.mark.parametrize("body", [b"", b"hello"])
async def test_upgrades_are_ignored(loopback: Loopback, echo: Echo, upgrade: bytes, body: bytes) -> None:
    """To HTTP/2 above all: that is agreed on in TLS, or not at all."""
    await loopback.serve(echo)
    head = b"GET / HTTP/1.1\r\n" + HOST + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + upgrade
    length = b"\r\nContent-Length: %d\r\n\r\n" % len(body) if body else b"\r\n\r\n"
    settings = b"\r\nHTTP2-Settings: AAMAAABkAAQAAP__"
    assert _statuses(await _answers(loopback, head + settings + length + body + LAST)) == [200, 200]
    assert [request.body for request in echo.requests] == [body, b""]
    assert loopback.reports == []


@pytest.mark.parametrize("method", [b"GET", b"POST", b"get"])
@pytest.mark.parametrize(
    "framing", [b"", b"Content-Length: 5\r\n", CHUNKED, b"Content-Length: 5\r\nExpect: 100-continue\r\n"]
)
@pytest.mark.parametrize("case", [bytes, bytes.upper])
async def test_a_websocket_is_refused_before_anything_else(
    loopback: Loopback, echo: Echo, method: bytes, framing: bytes, case: type[bytes]
) -> None:
    await loopback.serve(echo)
    body = b"" if not framing else b"5\r\nhello\r\n0\r\n\r\n" if framing == CHUNKED else b"hello"
    head = method + b" /nowhere HTTP/1.1\r\n" + HOST + case(WEBSOCKET) + framing + b"\r\n"
    statuses = _statuses(await _answers(loopback, head + body + LAST))
    assert [status for status in statuses if status != 100] == [403]
    assert (echo.requests, loopback.reports) == ([], [])


async def test_a_word_that_is_no_upgrade_is_none(loopback: Loopback, echo: Echo) -> None:
    """Upgrade without `Connection: upgrade` is a header like others (RFC 9110 7.8)."""
    await loopback.serve(echo)
    assert _statuses(await _answers(loopback, b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\n\r\n" + LAST)) == [
        200,
        200,
    ]


@pytest.mark.parametrize(
    "bad",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"Content-Length: +5\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"Host: ds.c.example\r\n\r\n",
        b"X y: z\r\n\r\n",
        b"Name : value\r\n\r\n",
    ],
)
async def test_what_is_malformed_is_refused_and_is_the_last(loopback: Loopback, echo: Echo, bad: bytes) -> None:
    await loopback.serve(echo)
    assert _statuses(await _answers(loopback, b"POST / HTTP/1.1\r\n" + HOST + bad + GET)) == [400]
    assert (echo.requests, loopback.reports) == ([], [])


async def test_a_transfer_coding_that_nobody_knows_is_not_implemented(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    request = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n"
    assert _statuses(await _answers(loopback, request + GET)) == [501]
    assert echo.requests == []


async def test_requests_that_come_together_are_answered_in_their_order(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    posts = b"".join(b"POST /%d HTTP/1.1\r\n" % n + HOST + b"Content-Length: 1\r\n\r\n%d" % n for n in range(5))
    answers = await _answers(loopback, posts + LAST)
    assert [part[-1:] for part in answers.split(b"HTTP/1.1 ")[1:-1]] == [b"0", b"1", b"2", b"3", b"4"]
    assert [request.path for request in echo.requests] == ["/0", "/1", "/2", "/3", "/4", "/last"]


async def test_a_reply_without_content_says_nothing_of_its_length(loopback: Loopback) -> None:
    async def nothing(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(204)

    await loopback.serve(nothing)
    answer = await _answers(loopback, LAST)
    assert answer.startswith(b"HTTP/1.1 204 ")
    assert b"content-length" not in answer.lower()


@pytest.mark.parametrize("politely", [True, False])
async def test_a_peer_that_closes_its_side_behind_a_request_gets_its_answer(
    loopback: Loopback, echo: Echo, politely: bool
) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect(strict=politely)
    await stream.send_all(GET)
    if politely:
        with pytest.raises(SSLWantReadError):
            stream._ssl_object.unwrap()
        await stream.transport_stream.send_all(stream._outgoing.read())
    await stream.transport_stream.send_eof()
    with trio.fail_after(5):
        assert _statuses(bytes(await stream.receive_some())) == [200]
        if politely:
            with pytest.raises(trio.BrokenResourceError) as end:
                await stream.receive_some()
            assert isinstance(end.value.__cause__, SSLZeroReturnError), "a close_notify, in both directions"
