"""Every exchange ends in an answer or in a message for people, and is recorded either way."""

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.net import (
    Address,
    BadResponse,
    ConnectionLost,
    HTTPReply,
    HTTPRequest,
    TimedOut,
    TLSRefused,
    TransportError,
    Unreachable,
    listening_socket,
)
from tests.net.loopback import Echo, Loopback, Stream, receive_all

URL = "https://ds.a.example/group_operation"
BOTH = pytest.mark.parametrize("http2", [False, True])


@BOTH
async def test_an_answer_is_a_value_and_recorded(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    loopback.recorder.step = "add bob"
    reply = await client.request("POST", URL, b"\x00\x01", content_type="application/octet-stream")
    version = "2" if http2 else "1.1"
    assert (reply.status, reply.body) == (200, b"\x00\x01")
    assert reply.peer is not None
    assert (reply.peer.http_version, reply.peer.tls_version) == (version, "TLSv1.3")
    [exchange] = loopback.recorder.exchanges
    assert (exchange.number, exchange.step) == (1, "add bob")
    assert (exchange.sender, exchange.recipient) == ("b.example", "ds.a.example")
    assert (exchange.endpoint, exchange.method, exchange.url) == ("/group_operation", "POST", URL)
    assert (exchange.request, exchange.response, exchange.status) == (b"\x00\x01", b"\x00\x01", 200)
    assert ("content-type", "application/octet-stream") in exchange.request_headers
    assert ("content-length", "2") in exchange.response_headers
    assert (exchange.http_version, exchange.tls_version) == (version, "TLSv1.3")
    assert exchange.cipher == reply.peer.cipher
    assert exchange.error is None
    assert exchange.seconds > 0


@BOTH
async def test_whoever_hangs_up_loses_what_is_under_way_and_may_ask_again(
    loopback: Loopback, nursery: trio.Nursery, http2: bool
) -> None:
    asked, answers = trio.Event(), trio.Event()

    async def slow(_: HTTPRequest) -> HTTPReply:
        asked.set()
        await answers.wait()
        return HTTPReply(204)

    await loopback.serve(slow)
    client = await loopback.client(http2=http2)
    lost = trio.Event()

    async def ask() -> None:
        with pytest.raises(ConnectionLost, match=r"b\.example went down"):
            await client.request("GET", URL)
        lost.set()

    nursery.start_soon(ask)
    await asked.wait()
    client.hang_up()
    await lost.wait()
    [exchange] = loopback.recorder.exchanges
    assert exchange.error == "given up before an answer came"
    answers.set()
    assert (await client.request("GET", URL)).status == 204


async def test_the_caller_may_name_the_endpoint(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    said = {"endpoint": "group_operation", "operation": "add_users", "recipient": "a.example"}
    await (await loopback.client()).request("GET", URL, **said, variables={"user": "carol", "room": "\udcff"})
    [exchange] = loopback.recorder.exchanges
    assert (exchange.endpoint, exchange.operation, exchange.provider) == tuple(said.values())
    assert exchange.variables == {"user": "carol", "room": "\N{REPLACEMENT CHARACTER}"}


async def test_the_answers_certificate_is_the_servers(loopback: Loopback, echo: Echo) -> None:
    identity = loopback.authority.identity("a.example", "ds.a.example")
    await loopback.serve(echo, identity=identity)
    reply = await (await loopback.client()).request("GET", URL)
    assert reply.peer is not None
    assert reply.peer.certificate == identity.certificate


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://ds.a.exampel/x", r'no host has the name ds\.a\.exampel \(did you mean "ds\.a\.example"\?\)'),
        ("http://ds.a.example/x", "only https:// URLs"),
        ("https:///x", "only https:// URLs"),
        ("https://ds.a.example:port/x", "that is no URL"),
    ],
)
async def test_a_url_that_leads_nowhere(loopback: Loopback, echo: Echo, url: str, reason: str) -> None:
    await loopback.serve(echo)
    with pytest.raises(Unreachable, match=reason) as caught:
        await (await loopback.client()).request("GET", url)
    assert str(caught.value).startswith(f"b.example can't reach {url}: ")


async def test_nobody_listens(loopback: Loopback) -> None:
    free = listening_socket()
    loopback.network.bind("ds.a.example", Address(*free.getsockname()))
    free.close()
    with pytest.raises(Unreachable, match="nobody listens there"):
        await (await loopback.client()).request("POST", URL, b"lost")
    [exchange] = loopback.recorder.exchanges
    assert exchange.error == f"b.example can't reach {URL}: nobody listens there"
    assert (exchange.status, exchange.request, exchange.response) == (None, b"lost", b"")


@BOTH
async def test_a_refused_certificate_is_recorded(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo, identity=loopback.authority.expired("a.example", "ds.a.example"))
    with pytest.raises(TLSRefused):
        await (await loopback.client(http2=http2)).request("GET", URL)
    assert loopback.recorder.exchanges[0].error == (
        f"b.example has no TLS connection to {URL}: certificate refused: certificate has expired"
    )


async def test_a_server_that_refuses_tls_1_2(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    client = await loopback.client(context=loopback.authority.weak_client_context())
    with pytest.raises(TLSRefused, match="protocol version"):
        await client.request("GET", URL)


@BOTH
async def test_no_answer_in_time(loopback: Loopback, mock_clock: MockClock, http2: bool) -> None:
    async def hang(_: HTTPRequest) -> HTTPReply:
        mock_clock.jump(31)
        await trio.sleep_forever()
        raise AssertionError

    await loopback.serve(hang)
    with pytest.raises(TimedOut, match="no complete answer within 30 s"):
        await (await loopback.client(http2=http2)).request("GET", URL)
    [exchange] = loopback.recorder.exchanges
    assert exchange.error == f"b.example waited in vain for {URL}: no complete answer within 30 s"
    assert exchange.seconds == 31
    assert (exchange.http_version, exchange.tls_version) == ("2" if http2 else "1.1", "TLSv1.3")
    assert exchange.cipher is not None


async def test_a_handshake_that_does_not_answer_is_out_of_time_too(loopback: Loopback, mock_clock: MockClock) -> None:
    async def pass_time() -> None:
        await wait_all_tasks_blocked()
        mock_clock.jump(31)

    client = await loopback.client()
    with listening_socket() as deaf:
        loopback.network.bind("ds.a.example", Address(*deaf.getsockname()))
        loopback.nursery.start_soon(pass_time)
        with pytest.raises(TimedOut):
            await client.request("GET", URL)


CUT = {
    "before the answer": b"",
    "in the head": b"HTTP/1.1 200 OK\r\nConte",
    "in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
    "in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
}


@pytest.mark.parametrize("where", CUT)
async def test_a_connection_that_ends_early(loopback: Loopback, where: str) -> None:
    async def cut(stream: Stream) -> None:
        await stream.receive_some()
        if CUT[where]:
            await stream.send_all(CUT[where])

    await loopback.impostor(cut)
    with pytest.raises(ConnectionLost, match="it closed the connection before the answer was complete"):
        await (await loopback.client()).request("GET", URL)


async def test_a_server_that_leaves_in_the_handshake(loopback: Loopback, nursery: trio.Nursery) -> None:
    async def leave(stream: trio.SocketStream) -> None:
        await stream.receive_some()

    listeners = await nursery.start(trio.serve_tcp, leave, 0)
    loopback.network.bind("ds.a.example", Address("127.0.0.1", listeners[0].socket.getsockname()[1]))
    with pytest.raises(ConnectionLost, match="closed the connection during the TLS handshake"):
        await (await loopback.client()).request("GET", URL)


@pytest.mark.parametrize(
    "junk", [b"SSH-2.0-OpenSSH_9.2\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nX y\r\n\r\n"]
)
async def test_junk_is_no_answer(loopback: Loopback, junk: bytes) -> None:
    async def talk(stream: Stream) -> None:
        await stream.receive_some()
        await stream.send_all(junk)
        await stream.receive_some()

    await loopback.impostor(talk)
    with pytest.raises(BadResponse, match="it is not HTTP"):
        await (await loopback.client()).request("GET", URL)


async def test_http2_junk_is_no_answer(loopback: Loopback) -> None:
    async def talk(stream: Stream) -> None:
        await stream.receive_some()
        await stream.send_all(b"\0\0\1\0\0\0\0\0\0x")  # a DATA frame outside of any stream
        await receive_all(stream)

    await loopback.impostor(talk, alpn="h2")
    with trio.fail_after(5), pytest.raises(BadResponse, match="it is not HTTP/2: "):
        await (await loopback.client(http2=True)).request("GET", URL)


async def test_redirects_cookies_and_compression_are_left_to_the_caller(loopback: Loopback) -> None:
    seen: list[HTTPRequest] = []

    async def answer(request: HTTPRequest) -> HTTPReply:
        seen.append(request)
        headers = (("location", "/elsewhere"), ("set-cookie", "a=b"), ("content-encoding", "gzip"))
        return HTTPReply(302, headers, b"not gzip at all")

    await loopback.serve(answer)
    client = await loopback.client()
    for _ in range(2):
        reply = await client.request("GET", URL)
        assert (reply.status, reply.body) == (302, b"not gzip at all")
    assert [request.path for request in seen] == ["/group_operation"] * 2
    assert seen[1].header("cookie") is None


async def test_a_request_given_up_is_recorded(loopback: Loopback) -> None:
    busy = trio.Event()

    async def hang(_: HTTPRequest) -> HTTPReply:
        busy.set()
        await trio.sleep_forever()
        raise AssertionError

    await loopback.serve(hang)
    client = await loopback.client()
    async with trio.open_nursery() as asking:
        asking.start_soon(client.request, "POST", URL, b"body")
        await busy.wait()
        asking.cancel_scope.cancel()
    assert loopback.recorder.exchanges[0].error == "given up before an answer came"


async def test_an_answer_of_any_status_is_an_answer(loopback: Loopback) -> None:
    async def refuse(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(429, (("retry-after", "5"),), b"slow down")

    await loopback.serve(refuse)
    reply = await (await loopback.client()).request("POST", URL, b"body")
    assert (reply.status, reply.header("retry-after"), reply.body) == (429, "5", b"slow down")


async def test_a_closed_client_keeps_nothing_open(loopback: Loopback, echo: Echo) -> None:
    server = await loopback.serve(echo)
    async with await loopback.client() as client:
        await client.request("GET", URL)
    with trio.fail_after(5):
        await server.stop(grace=60)


def test_every_failure_is_a_transport_error() -> None:
    for kind in (Unreachable, TLSRefused, ConnectionLost, TimedOut, BadResponse):
        assert issubclass(kind, TransportError)
