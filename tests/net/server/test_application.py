"""A request arrives whole and unjudged, is answered whole, and costs the server nothing when it is bad."""

import h2.connection
import h2.events
import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.net import HTTPClient, HTTPReply, HTTPRequest, ServerFault
from tests.net.loopback import Echo, Loopback, receive_all

URL = "https://ds.a.example/group_operation?x=%20"
BOTH = pytest.mark.parametrize("http2", [False, True])


@BOTH
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_handler_sees_the_request_as_sent(loopback: Loopback, echo: Echo, http2: bool, method: str) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    reply = await client.request(
        method, URL, b"\x00body", content_type="application/octet-stream", headers=(("x-own", "ä"),)
    )
    assert (reply.status, reply.body, reply.header("content-type")) == (200, b"\x00body", "application/octet-stream")
    [request] = echo.requests
    assert (request.method, request.path, request.query) == (method, "/group_operation", "x=%20")
    assert (request.authority, request.body, request.body_too_large) == ("ds.a.example", b"\x00body", False)
    assert request.header("content-type") == "application/octet-stream"
    assert request.header("x-own") == "ä"
    assert request.header("accept-encoding") == "identity"
    assert (request.peer.http_version, request.peer.tls_version) == ("2" if http2 else "1.1", "TLSv1.3")


@BOTH
async def test_the_authority_is_the_senders_word(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    await client.request("GET", URL, headers=(("host", "ds.C.example:8443"),))
    assert echo.requests[0].host == "ds.c.example"


async def test_a_target_in_absolute_form_names_the_authority(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(b"GET https://ds.c.example/path HTTP/1.1\r\nHost: ds.a.example\r\nConnection: close\r\n\r\n")
    assert (await receive_all(stream)).startswith(b"HTTP/1.1 200 ")
    assert (echo.requests[0].authority, echo.requests[0].path) == ("ds.c.example", "/path")


@BOTH
async def test_a_body_of_exactly_the_limit_is_passed(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo, body=100_000)
    client = await loopback.client(http2=http2)
    reply = await client.request("POST", URL, bytes(100_000))
    assert (len(reply.body), echo.requests[0].body_too_large) == (100_000, False)


@BOTH
async def test_a_larger_body_is_drained_and_the_handler_told(loopback: Loopback, http2: bool) -> None:
    seen: list[HTTPRequest] = []

    async def judge(request: HTTPRequest) -> HTTPReply:
        seen.append(request)
        return HTTPReply(413 if request.body_too_large else 200)

    server = await loopback.serve(judge, body=100_000)
    client = await loopback.client(http2=http2)
    assert (await client.request("POST", URL, bytes(100_001))).status == 413
    assert (await client.request("POST", URL, bytes(5_000_000))).status == 413
    assert (await client.request("POST", URL, b"small")).status == 200
    assert [request.body for request in seen] == [b"", b"", b"small"]
    assert server.handshakes == 1


@BOTH
async def test_beyond_draining_the_peer_is_cut_off(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo, body=1000, drain=1000)
    client = await loopback.client(http2=http2)
    with pytest.raises(Exception, match="lost the connection"):
        await client.request("POST", URL, bytes(5_000_000))
    assert echo.requests == []
    assert (await client.request("POST", URL, bytes(1000))).status == 200
    assert loopback.reports == []


async def test_a_body_that_does_not_come_cuts_the_peer_off(
    loopback: Loopback, echo: Echo, mock_clock: MockClock
) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(b"POST / HTTP/1.1\r\nHost: ds.a.example\r\nContent-Length: 10\r\n\r\nhalf")
    await wait_all_tasks_blocked()
    mock_clock.jump(31)
    assert await receive_all(stream) == b""
    assert echo.requests == []


async def test_a_body_that_drips_is_cut_off_as_well(loopback: Loopback, echo: Echo, mock_clock: MockClock) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(b"POST / HTTP/1.1\r\nHost: ds.a.example\r\nContent-Length: 1000000\r\n\r\n")
    drops = 0

    async def drip() -> None:
        nonlocal drops
        while True:
            await stream.send_all(b"drip")
            drops += 1
            await wait_all_tasks_blocked()
            mock_clock.jump(1)

    with pytest.raises(trio.BrokenResourceError):
        await drip()
    assert 25 < drops < 40
    assert echo.requests == []


@BOTH
async def test_a_failing_handler_gives_a_500_and_is_reported(loopback: Loopback, http2: bool) -> None:
    async def fail(request: HTTPRequest) -> HTTPReply:
        raise ZeroDivisionError(request.path)

    server = await loopback.serve(fail)
    client = await loopback.client(http2=http2)
    for _ in range(2):
        assert (await client.request("POST", URL, b"body")).status == 500
    assert server.handshakes == 1
    [first, _] = loopback.reports
    assert isinstance(first, ServerFault)
    assert (first.server, first.where, repr(first.error)) == (
        "a.example",
        "handler",
        "ZeroDivisionError('/group_operation')",
    )


@BOTH
async def test_a_handler_that_fails_in_a_nursery_is_contained_too(loopback: Loopback, http2: bool) -> None:
    async def fail(_: HTTPRequest) -> HTTPReply:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(trio.sleep_forever)
            raise ValueError("inside")

    await loopback.serve(fail)
    client = await loopback.client(http2=http2)
    with trio.fail_after(5):
        assert (await client.request("GET", URL)).status == 500
    assert len(loopback.reports) == 1


@BOTH
async def test_statuses_without_content_and_head_work(loopback: Loopback, http2: bool) -> None:
    async def answer(request: HTTPRequest) -> HTTPReply:
        return HTTPReply(204) if request.method == "GET" else HTTPReply(405, (("allow", "GET"),), b"no")

    server = await loopback.serve(answer)
    client = await loopback.client(http2=http2)
    assert (await client.request("GET", URL)).body == b""
    refused = await client.request("HEAD", URL)
    assert (refused.status, refused.header("allow"), refused.body) == (405, "GET", b"")
    assert (await client.request("DELETE", URL)).body == b"no"
    assert server.handshakes == 1


async def test_a_websocket_is_turned_away(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(
        b"GET / HTTP/1.1\r\nHost: ds.a.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with trio.fail_after(5):
        assert (await receive_all(stream)).startswith(b"HTTP/1.1 403 ")
    assert (echo.requests, loopback.reports) == ([], [])


async def test_a_peer_that_leaves_in_the_middle_of_its_body_is_forgotten(loopback: Loopback, echo: Echo) -> None:
    server = await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(b"POST / HTTP/1.1\r\nHost: ds.a.example\r\nContent-Length: 10\r\n\r\nhalf")
    await trio.aclose_forcefully(stream)
    with trio.fail_after(5):
        await server.stop(grace=60)
    assert (echo.requests, loopback.reports) == ([], [])


async def test_an_http2_stream_reset_in_the_middle_of_its_body_is_forgotten(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect(loopback.authority.client_context(http2=True))
    http = h2.connection.H2Connection()
    http.initiate_connection()
    head = [(":method", "POST"), (":path", "/"), (":scheme", "https"), (":authority", "ds.a.example")]
    http.send_headers(1, head)
    http.send_data(1, b"half")
    http.reset_stream(1)
    http.send_headers(3, head, end_stream=True)
    await stream.send_all(http.data_to_send())
    answered: list[int] = []
    with trio.fail_after(5):
        while not answered:
            events = http.receive_data(bytes(await stream.receive_some()))
            answered += [event.stream_id for event in events if isinstance(event, h2.events.ResponseReceived)]
    assert answered == [3]
    assert (len(echo.requests), loopback.reports) == (1, [])


HALF = b"POST / HTTP/1.1\r\nHost: ds.a.example\r\nContent-Length: 100000\r\n\r\n" + bytes(60_000)


@BOTH
@pytest.mark.parametrize(("source", "status"), [("127.0.0.1", 503), ("127.0.0.77", 200)])
async def test_a_peers_unfinished_bodies_have_a_bound(
    loopback: Loopback, echo: Echo, monkeypatch: pytest.MonkeyPatch, http2: bool, source: str, status: int
) -> None:
    """What one peer holds is another's to hold again; what it had is given back when it goes."""
    server = await loopback.serve(echo, body=100_000, bodies_per_peer=150_000)
    held = [await loopback.connect(source=source) for _ in range(2)]
    for stream in held:
        await stream.send_all(HALF)
    monkeypatch.setattr(loopback.network.source_addresses, "of", lambda _: "127.0.0.1")
    client = await loopback.client(http2=http2)
    while server.held < 120_000:
        await trio.lowlevel.checkpoint()
    reply = await client.request("POST", URL, bytes(40_000))
    assert (reply.status, reply.header("retry-after")) == (status, "1" if status == 503 else None)
    assert (await client.request("POST", URL, bytes(20_000))).status == 200
    for stream in held:
        await stream.aclose()
    while server.connections > 1:
        await trio.lowlevel.checkpoint()
    assert (await client.request("POST", URL, bytes(100_000))).status == 200
    assert len(echo.requests[-1].body) == 100_000
    assert loopback.reports == []


@BOTH
async def test_all_peers_unfinished_bodies_have_a_bound_too(loopback: Loopback, echo: Echo, http2: bool) -> None:
    server = await loopback.serve(echo, body=100_000, bodies=250_000)
    for number in range(4):
        await (await loopback.connect(source=f"127.0.0.{50 + number}")).send_all(HALF)
    while server.held < 240_000:
        await trio.lowlevel.checkpoint()
    client = await loopback.client(http2=http2)
    assert (await client.request("POST", URL, bytes(20_000))).status == 503
    assert (await client.request("POST", URL, bytes(10_000))).status == 200
    assert echo.requests[-1].body == bytes(10_000)


@BOTH
@pytest.mark.parametrize(("count", "status"), [(20, 200), (21, 431)])
async def test_so_many_headers_and_no_more(
    loopback: Loopback, echo: Echo, http2: bool, count: int, status: int
) -> None:
    await loopback.serve(echo, headers=20)
    client = await loopback.client(http2=http2)
    known = 2  # Host and Accept-Encoding
    more = tuple((f"x-{number}", "") for number in range(count - known))
    assert (await client.request("GET", URL, headers=more)).status == status
    assert len(echo.requests) == (status == 200)


@BOTH
@pytest.mark.parametrize(("size", "status"), [(3500, 200), (5000, 431)])
async def test_a_head_that_is_too_large_reaches_no_handler(
    loopback: Loopback, echo: Echo, http2: bool, size: int, status: int
) -> None:
    await loopback.serve(echo, head=4096)
    client = await loopback.client(http2=http2)
    assert (await client.request("GET", URL, headers=(("x", "y" * size),))).status == status
    assert len(echo.requests) == (status == 200)


async def test_a_head_that_does_not_end_is_cut_off_early(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo, head=4096)
    stream = await loopback.connect()
    await stream.send_all(b"GET / HTTP/1.1\r\nHost: ds.a.example\r\nX: " + b"y" * 5000)
    assert (await receive_all(stream)).startswith(b"HTTP/1.1 431 ")
    assert echo.requests == []


async def test_another_peers_request_does_not_wait_in_a_flooders_line(
    loopback: Loopback, nursery: trio.Nursery, mock_clock: MockClock
) -> None:
    """However many connections the flooder has; its requests that wait are not even begun."""
    served: list[str] = []
    go = trio.Event()

    async def slow(request: HTTPRequest) -> HTTPReply:
        served.append(request.path)
        if request.path == "/flood":
            await go.wait()
        return HTTPReply(200)

    await loopback.serve(slow)
    flooder = HTTPClient("c.example", loopback.network, loopback.authority.client_context(), loopback.recorder)
    for _ in range(20):
        nursery.start_soon(flooder.request, "GET", "https://ds.a.example/flood")
    while not served:
        await trio.lowlevel.checkpoint()
    client = await loopback.client()
    assert (await client.request("GET", "https://ds.a.example/honest")).status == 200
    assert served == ["/flood", "/honest"]
    go.set()
    while len(served) < 21:
        await trio.lowlevel.checkpoint()
    await wait_all_tasks_blocked()
    await flooder.aclose()
