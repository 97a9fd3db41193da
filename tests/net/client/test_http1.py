"""HTTP/1.1: bytes go as they were told, and the connection is used again only where both sides know what was said."""

import pytest
import trio

from simulator.net import BadResponse, HTTPReply
from tests.net.loopback import Echo, Loopback, Stream

URL = "https://ds.a.example"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Headers = tuple[tuple[str, str], ...]


async def _heard(
    loopback: Loopback, *, method: str = "GET", target: str = "/", body: bytes = b"", headers: Headers = ()
) -> tuple[bytes, HTTPReply]:
    """What a server hears of a request until it has answered and the client has hung up."""
    heard = bytearray()
    done = trio.Event()

    async def listen(stream: Stream) -> None:
        while b"\r\n\r\n" not in heard or not heard.endswith(body):
            heard.extend(await stream.receive_some())
        await stream.send_all(OK)
        heard.extend(await stream.receive_some())
        done.set()

    await loopback.impostor(listen)
    async with await loopback.client() as client:
        reply = await client.request(method, URL, body, target=target, headers=headers)
    await done.wait()
    return bytes(heard), reply


@pytest.mark.parametrize(
    ("method", "target", "line"),
    [
        ("OPTIONS", "*", b"OPTIONS * HTTP/1.1"),
        ("get", "/x/../y", b"get /x/../y HTTP/1.1"),
        ("G(T", "/%7e/./a//b?c=d#e", b"G(T /%7e/./a//b?c=d#e HTTP/1.1"),
        ("GET", '/a b"<ü>', '/a b"<ü>'.encode().join((b"GET ", b" HTTP/1.1"))),
        ("CONNECT", "b.example:443", b"CONNECT b.example:443 HTTP/1.1"),
        ("GET", "http://c.example/x", b"GET http://c.example/x HTTP/1.1"),
        ("", "", b"  HTTP/1.1"),
        ("PRI", "/\r\nx", b"PRI /\r\nx HTTP/1.1"),
    ],
)
async def test_the_request_line_is_what_was_told(loopback: Loopback, method: str, target: str, line: bytes) -> None:
    heard, reply = await _heard(loopback, method=method, target=target)
    assert heard == line + b"\r\nhost: ds.a.example\r\naccept-encoding: identity\r\n\r\n"
    assert reply.status == 200
    [exchange] = loopback.recorder.exchanges
    assert exchange.method == method
    assert exchange.url == f"{URL}{target if target.startswith('/') else f' {target}'}".rstrip()


@pytest.mark.parametrize(
    "headers",
    [
        (("X-Case", "Kept"), ("x y", "no token"), ("", "no name"), ("x", " \x00\x7f\xfc\t")),
        (("Content-Length", "7"), ("content-length", "8")),
        (("Transfer-Encoding", "chunked"),),
        (("Transfer-Encoding", "chunked"), ("Content-Length", "2")),
        (("Host", "c.example"), ("host", "d.example")),
        (("Connection", "close"), ("TE", "x"), ("Expect", "100-continue")),
    ],
)
async def test_headers_are_what_was_told(loopback: Loopback, headers: Headers) -> None:
    heard, _ = await _heard(loopback, method="POST", body=b"ab", headers=headers)
    head, _, rest = heard.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")[1:]
    told = [f"{name}: {value}".encode("latin-1") for name, value in headers]
    assert [line for line in lines if line in told] == told
    names = [name.lower() for name, _ in headers]
    assert lines.count(b"host: ds.a.example") == ("host" not in names)
    assert lines.count(b"content-length: 2") == (not {"content-length", "transfer-encoding"} & set(names))
    assert rest == b"ab"


@pytest.mark.parametrize(
    ("headers", "handshakes"),
    [
        ((("content-length", "3"),), 1),
        ((("content-length", "3"), ("content-length", "3")), 1),
        ((("transfer-encoding", "identity"),), 2),
        ((("x\r\ny", "z"),), 2),
    ],
)
async def test_a_connection_is_used_again_where_it_is_clear_what_was_said(
    loopback: Loopback, echo: Echo, headers: Headers, handshakes: int
) -> None:
    server = await loopback.serve(echo)
    client = await loopback.client()
    for told in (headers, ()):
        await client.request("POST", f"{URL}/x", b"abc", headers=told)
    assert server.handshakes == handshakes


@pytest.mark.parametrize(
    ("method", "answer", "status", "body"),
    [
        ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 200, b""),
        ("GET", b"HTTP/1.1 103 Early\r\n\r\n" + OK, 200, b"ok"),
        ("GET", b"HTTP/1.1 204 No\r\n\r\n", 204, b""),
        ("CONNECT", b"HTTP/1.1 200 OK\r\n\r\nraw", 200, b""),
        ("GET", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx: y\r\n\r\n", 200, b"ok"),
    ],
)
async def test_where_an_answer_ends(loopback: Loopback, method: str, answer: bytes, status: int, body: bytes) -> None:
    async def talk(stream: Stream) -> None:
        await stream.receive_some()
        await stream.send_all(answer)
        await stream.receive_some()

    await loopback.impostor(talk)
    with trio.fail_after(5):
        reply = await (await loopback.client()).request(method, f"{URL}/x")
    assert (reply.status, reply.body) == (status, body)


async def test_another_protocol_may_begin(loopback: Loopback) -> None:
    async def talk(stream: Stream) -> None:
        await stream.receive_some()
        await stream.send_all(b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n?")
        await stream.receive_some()

    await loopback.impostor(talk)
    client = await loopback.client()
    with trio.fail_after(5):
        reply = await client.request("GET", f"{URL}/x", headers=(("connection", "upgrade"), ("upgrade", "x")))
        assert (reply.status, reply.body) == (101, b"")
        with pytest.raises(BadResponse, match="it is not HTTP"):  # nobody asked for one
            await client.request("GET", f"{URL}/x")
