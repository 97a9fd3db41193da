"""Connections are kept, shared and dropped as they should be."""

import socket
import struct

import h2.config
import h2.connection
import h2.events
import httpx
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net import BadResponse, ClientLimits, ConnectionLost, HTTPReply, HTTPRequest, TLSRefused
from simulator.net.client.transport import Transport
from tests.net.loopback import Echo, Loopback, Stream

URL = "https://ds.a.example/x"
BOTH = pytest.mark.parametrize("http2", [False, True])


@BOTH
async def test_one_handshake_serves_many_requests(loopback: Loopback, echo: Echo, http2: bool) -> None:
    server = await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    for size in (0, 1, 70_000, 3_000_000, 1):
        assert len((await client.request("POST", URL, bytes(size))).body) == size
    assert server.handshakes == 1


@BOTH
async def test_a_certified_server_shows_both_its_names(loopback: Loopback, echo: Echo, http2: bool) -> None:
    """Also on a connection that is open already, where the server is asked as another provider; and no wildcard."""
    await loopback.serve(echo, identity=loopback.authority.identity("a.example", "ds.a.example"))
    client = await loopback.client(http2=http2, certified=True)
    await client.request("GET", URL, recipient="a.example")
    with pytest.raises(TLSRefused, match=r"it is not of c\.example, but of a\.example, ds\.a\.example"):
        await client.request("GET", URL, recipient="c.example")
    await client.request("GET", URL, recipient="a.example")
    await loopback.serve(echo, name="x.d.example", identity=loopback.authority.identity("d.example", "*.d.example"))
    with pytest.raises(TLSRefused, match=r"it is not of x\.d\.example, but of d\.example, \*\.d\.example"):
        await client.request("GET", "https://x.d.example/x", recipient="d.example")
    anybody = await loopback.client(http2=http2)
    await anybody.request("GET", "https://x.d.example/x", recipient="c.example")


async def test_http1_opens_as_many_connections_as_it_may(loopback: Loopback) -> None:
    together = 0
    most = 0

    async def count(_: HTTPRequest) -> HTTPReply:
        nonlocal together, most
        together += 1
        most = max(most, together)
        await wait_all_tasks_blocked()
        together -= 1
        return HTTPReply(200)

    server = await loopback.serve(count, turns_per_peer=20)
    client = await loopback.client(connections=3)
    async with trio.open_nursery() as crowd:
        for _ in range(20):
            crowd.start_soon(client.request, "GET", URL)
    assert (server.handshakes, most) == (3, 3)


@BOTH
async def test_the_connections_that_waited_longest_are_given_up_first(
    loopback: Loopback, echo: Echo, http2: bool
) -> None:
    servers = {name: await loopback.serve(echo, name=name) for name in ("a.example", "c.example", "d.example")}
    client = await loopback.client(http2=http2, idle=2)
    for name in ("a.example", "c.example", "a.example", "d.example", "a.example", "c.example"):
        await client.request("GET", f"https://{name}/x")
    assert [server.handshakes for server in servers.values()] == [1, 2, 1]


@BOTH
async def test_a_cancelled_request_leaves_the_client_usable(loopback: Loopback, http2: bool) -> None:
    busy = trio.Event()

    async def hang_first(request: HTTPRequest) -> HTTPReply:
        if request.path == "/hang":
            busy.set()
            await trio.sleep_forever()
        return HTTPReply(200)

    await loopback.serve(hang_first)
    client = await loopback.client(http2=http2)
    async with trio.open_nursery() as asking:
        asking.start_soon(client.request, "GET", "https://ds.a.example/hang")
        await busy.wait()
        asking.cancel_scope.cancel()
    with trio.fail_after(5):
        assert (await client.request("GET", URL)).status == 200


async def test_a_server_that_closes_after_each_answer(loopback: Loopback) -> None:
    async def once(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (("connection", "close"),), b"bye")

    server = await loopback.serve(once)
    client = await loopback.client()
    for _ in range(3):
        assert (await client.request("GET", URL)).body == b"bye"
    assert server.handshakes == 3


async def test_an_answer_without_length_ends_with_the_connection(loopback: Loopback) -> None:
    async def answer(stream: Stream) -> None:
        await stream.receive_some()
        await stream.send_all(b"HTTP/1.1 200 OK\r\n\r\nuntil ")
        await stream.send_all(b"the end")

    await loopback.impostor(answer)
    assert (await (await loopback.client()).request("GET", URL)).body == b"until the end"


@BOTH
async def test_an_answer_larger_than_the_limit_is_refused(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2, body=100_000)
    assert len((await client.request("POST", URL, bytes(100_000))).body) == 100_000
    for size in (100_001, 3_000_000):
        with pytest.raises(BadResponse, match="its answer is larger than 100000 bytes"):
            await client.request("POST", URL, bytes(size))
    assert (await client.request("POST", URL, bytes(1000))).status == 200


async def test_an_endless_answer_is_refused(loopback: Loopback) -> None:
    async def pour(stream: Stream) -> None:
        await stream.receive_some()
        await stream.send_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                await stream.send_all(b"400\r\n" + bytes(0x400) + b"\r\n")
        except trio.BrokenResourceError:
            pass

    await loopback.impostor(pour)
    client = await loopback.client(body=100_000)
    with trio.fail_after(5), pytest.raises(BadResponse):
        await client.request("GET", URL)


async def test_http2_says_so_where_the_server_does_not_speak_it(loopback: Loopback) -> None:
    async def listen(stream: Stream) -> None:
        await stream.receive_some()

    await loopback.impostor(listen, alpn="http/1.1")
    with pytest.raises(ConnectionLost, match="does not speak HTTP/2"):
        await (await loopback.client(http2=True)).request("GET", URL)


async def test_any_httpx_client_can_use_it(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    transport = Transport("b.example", loopback.network, loopback.authority.client_context(), False, ClientLimits())
    async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
        response = await client.post(URL, content=b"hello")
    assert (response.content, response.extensions["peer"].tls_version) == (b"hello", "TLSv1.3")


async def test_a_client_is_refused_by_name_not_by_address(loopback: Loopback, echo: Echo) -> None:
    server = await loopback.serve(echo)
    loopback.network.bind("ds.z.example", server.addresses[0])
    with pytest.raises(TLSRefused, match=r"not valid for 'ds\.z\.example'"):
        await (await loopback.client()).request("GET", "https://ds.z.example/x")


async def test_a_connection_that_is_reset_in_the_answer(loopback: Loopback) -> None:
    async def reset(stream: Stream) -> None:
        await stream.receive_some()
        await stream.send_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        await wait_all_tasks_blocked()
        stream.transport_stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    await loopback.impostor(reset)
    with pytest.raises(ConnectionLost, match="the connection broke"):
        await (await loopback.client()).request("GET", URL)


async def test_http2_goes_elsewhere_when_a_server_says_goodbye_first(loopback: Loopback) -> None:
    """A GOAWAY that names an earlier stream means: this one was not touched, it may be sent again (RFC 9113 6.8)."""
    bodies: list[bytes] = []

    async def serve_one(stream: Stream) -> None:
        http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        http.initiate_connection()
        taken: dict[int, bytes] = {}
        while data := await stream.receive_some():
            for event in http.receive_data(bytes(data)):
                if isinstance(event, h2.events.DataReceived):
                    taken[event.stream_id] = taken.get(event.stream_id, b"") + event.data
                elif isinstance(event, h2.events.StreamEnded) and event.stream_id == 1:
                    bodies.append(taken[1])
                    http.send_headers(1, [(":status", "200")], end_stream=True)
                elif isinstance(event, h2.events.StreamEnded):
                    http.close_connection(last_stream_id=1)
            await stream.send_all(http.data_to_send())

    await loopback.impostor(serve_one, alpn="h2")
    client = await loopback.client(http2=True)
    with trio.fail_after(5):
        for body in (b"first", b"second"):
            assert (await client.request("POST", URL, body)).status == 200
    assert bodies == [b"first", b"second"]
