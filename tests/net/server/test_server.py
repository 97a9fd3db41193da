"""Starting, stopping and crashing are quick whatever peers are doing; the server itself never fails."""

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net import (
    ConnectionLost,
    HTTPClient,
    HTTPReply,
    HTTPRequest,
    TransportError,
    Unreachable,
    listening_socket,
    reserved_port,
)
from tests.net.loopback import Echo, Loopback

URL = "https://ds.a.example/x"
GET = b"GET / HTTP/1.1\r\nHost: ds.a.example\r\n\r\n"
LATE = bytes(100_000)
BOTH = pytest.mark.parametrize("http2", [False, True])


class Slow:
    """A handler that waits to be let go."""

    def __init__(self) -> None:
        self.busy = trio.Event()
        self.go = trio.Event()

    async def __call__(self, _: HTTPRequest) -> HTTPReply:
        self.busy.set()
        await self.go.wait()
        return HTTPReply(200, (), LATE)


@BOTH
async def test_a_graceful_stop_lets_a_request_in_flight_end(
    loopback: Loopback, nursery: trio.Nursery, http2: bool
) -> None:
    slow = Slow()
    server = await loopback.serve(slow)
    client = await loopback.client(http2=http2)
    replies: list[HTTPReply] = []

    async def ask() -> None:
        replies.append(await client.request("GET", URL))

    with trio.fail_after(5):
        async with trio.open_nursery() as both:
            both.start_soon(ask)
            await slow.busy.wait()
            both.start_soon(server.stop)
            await wait_all_tasks_blocked()
            with pytest.raises(Unreachable, match="nobody listens there"):
                await (await loopback.client()).request("GET", URL)
            slow.go.set()
    assert replies[0].body == LATE
    assert loopback.reports == []


@BOTH
async def test_a_graceful_stop_does_not_wait_for_idle_connections(loopback: Loopback, echo: Echo, http2: bool) -> None:
    server = await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    await client.request("GET", URL)
    await loopback.connect()
    with trio.fail_after(5):
        await server.stop(grace=60)


async def test_a_graceful_stop_ends_after_its_grace(loopback: Loopback, nursery: trio.Nursery) -> None:
    slow = Slow()
    server = await loopback.serve(slow)
    stream = await loopback.connect()
    await stream.send_all(GET)
    await slow.busy.wait()
    with trio.fail_after(5):
        await server.stop(grace=0.02)
    assert await stream.receive_some() == b""


@BOTH
async def test_a_crash_breaks_what_is_in_flight(loopback: Loopback, http2: bool) -> None:
    slow = Slow()
    server = await loopback.serve(slow)
    client = await loopback.client(http2=http2)

    async def crash() -> None:
        await slow.busy.wait()
        await server.crash()

    with trio.fail_after(5):
        async with trio.open_nursery() as both:
            both.start_soon(crash)
            with pytest.raises(ConnectionLost):
                await client.request("GET", URL)
    assert loopback.reports == []


@pytest.mark.parametrize("way", ["crash", "stop", "cancel"])
async def test_a_client_that_does_not_read_holds_nothing_up(loopback: Loopback, way: str) -> None:
    async def flood(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (), bytes(32 * 1024 * 1024))

    async with trio.open_nursery() as own:
        loopback.nursery = own
        server = await loopback.serve(flood)
        stream = await loopback.connect()
        await stream.send_all(GET)
        await stream.receive_some(1)
        await wait_all_tasks_blocked()
        with trio.fail_after(5):
            match way:
                case "crash":
                    await server.crash()
                case "stop":
                    await server.stop(grace=0.02)
                case "cancel":
                    own.cancel_scope.cancel()
    assert loopback.reports == []


@BOTH
async def test_a_server_that_comes_back_elsewhere_is_found(loopback: Loopback, echo: Echo, http2: bool) -> None:
    first = await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    await client.request("GET", URL)
    await first.crash()
    loopback.network.unbind("ds.a.example")
    with pytest.raises(Unreachable, match=r"ds\.a\.example is down"):
        await client.request("GET", URL)
    second = await loopback.serve(echo)
    assert (await client.request("GET", URL)).status == 200
    assert (first.handshakes, second.handshakes) == (1, 1)


@BOTH
async def test_a_name_that_moves_is_followed_though_the_old_server_still_runs(
    loopback: Loopback, echo: Echo, http2: bool
) -> None:
    first = await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    await client.request("GET", URL)
    second = await loopback.serve(echo)
    await client.request("GET", URL)
    assert (first.handshakes, second.handshakes) == (1, 1)


@BOTH
async def test_many_requests_at_once(loopback: Loopback, http2: bool) -> None:
    together = 0
    most = 0

    async def gather(request: HTTPRequest) -> HTTPReply:
        nonlocal together, most
        together += 1
        most = max(most, together)
        await wait_all_tasks_blocked()
        together -= 1
        return HTTPReply(200, (), request.body)

    server = await loopback.serve(gather, turns_per_peer=150)
    client = await loopback.client(http2=http2)
    answers: dict[int, bytes] = {}

    async def ask(number: int) -> None:
        answers[number] = (await client.request("POST", URL, b"%d" % number)).body

    with trio.fail_after(20):
        async with trio.open_nursery() as crowd:
            for number in range(150):
                crowd.start_soon(ask, number)
    assert answers == {number: b"%d" % number for number in range(150)}
    assert most > 20
    assert server.handshakes <= (1 if http2 else 64)
    assert loopback.reports == []


async def test_one_server_behind_several_names_and_several_servers(loopback: Loopback, echo: Echo) -> None:
    shared = loopback.authority.identity("a.example", "ds.shared.example")
    server = await loopback.serve(echo, identity=shared)
    loopback.network.bind("ds.shared.example", server.addresses[0])
    await loopback.serve(echo, name="c.example")
    client = await loopback.client()
    for host in ("a.example", "ds.shared.example", "ds.c.example"):
        await client.request("GET", f"https://{host}/x")
    assert [request.host for request in echo.requests] == ["a.example", "ds.shared.example", "ds.c.example"]


async def test_a_peer_that_holds_all_its_connections_keeps_nobody_else_out(loopback: Loopback, echo: Echo) -> None:
    server = await loopback.serve(echo, connections_per_peer=3)
    held = [await loopback.connect() for _ in range(3)]
    with pytest.raises(trio.BrokenResourceError):
        await loopback.connect()
    assert server.handshakes == 3, "it was turned away before the handshake"
    assert loopback.refusals == ["127.0.0.1 has 3 connections open already"]
    client = await loopback.client()  # comes from an address of its own
    assert (await client.request("GET", URL)).status == 200
    await held.pop().aclose()
    while server.connections == 4:  # until the server has seen it
        await trio.lowlevel.checkpoint()
    await loopback.connect()


async def test_all_peers_together_hold_no_more_than_the_limit(loopback: Loopback, nursery: trio.Nursery) -> None:
    """Here on every connection a request is being served."""
    slow = Slow()
    server = await loopback.serve(slow, connections=2, turns_per_peer=2)
    for _ in range(2):
        await (await loopback.connect()).send_all(GET)
    while server.busy < 2:
        await trio.lowlevel.checkpoint()
    client = await loopback.client(seconds=5)
    with pytest.raises(TransportError):
        await client.request("GET", URL)
    assert loopback.refusals == ["2 connections are open already"]


@pytest.mark.parametrize("asked", [False, True])
async def test_idle_connections_of_many_addresses_keep_nobody_out(loopback: Loopback, echo: Echo, asked: bool) -> None:
    """Those who have asked for nothing go first; a connection on which a request is being served stays."""
    slow = Slow()

    async def handle(request: HTTPRequest) -> HTTPReply:
        return await (slow if request.path == "/slow" else echo)(request)

    server = await loopback.serve(handle, connections=12, connections_per_peer=6)
    busy = await loopback.connect(source="127.0.0.9")
    await busy.send_all(GET.replace(b"/", b"/slow", 1))
    await slow.busy.wait()
    held = [await loopback.connect(source=f"127.0.1.{number % 2}") for number in range(11)]
    for stream in held if asked else held[3:5]:
        await stream.send_all(GET)
        await stream.receive_some()
    context = loopback.authority.client_context()
    clients = [HTTPClient(f"{name}.example", loopback.network, context, loopback.recorder) for name in "vwxyz"]
    for client in clients:
        assert (await client.request("GET", URL)).status == 200
    slow.go.set()
    assert (await busy.receive_some()).startswith(b"HTTP/1.1 200 ")
    for client in clients:
        await client.request("GET", URL)
        await client.aclose()
    assert server.handshakes == 12 + len(clients), "nobody who had got in had to come again"
    assert loopback.reports == []


async def test_a_reserved_port_refuses_until_somebody_listens_and_stays_reserved() -> None:
    with reserved_port() as seat:
        port = seat.getsockname()[1]
        for _ in range(3):
            with pytest.raises(OSError, match="all attempts to connect"):
                await trio.open_tcp_stream("127.0.0.1", port)
            with listening_socket(port) as ready:
                assert ready.getsockname() == seat.getsockname()
                await (await trio.open_tcp_stream("127.0.0.1", port)).aclose()
                with pytest.raises(OSError, match="Address already in use"):
                    listening_socket(port)
