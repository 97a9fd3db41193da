"""HTTP/2 against servers that do what RFC 9113 lets them do, and what it does not."""

import socket
from collections.abc import Callable
from contextlib import suppress

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from simulator.fuzzing.http2_answer_frames import OK, RESET, answer, frame, goaway, head, settings
from simulator.fuzzing.http2_answers import BAD, EVER, GOOD
from simulator.net import BadResponse, ConnectionLost, HTTPClient
from simulator.net.client.wire import RESET_ON_CLOSE
from tests.net.loopback import Loopback, Stream
from tests.net.raw_http2 import HANG_UP, Raw

URL = "https://ds.a.example/x"


async def _client(loopback: Loopback, raw: Raw, reply: Callable[[int], bytes], **first: int) -> HTTPClient:
    await raw.serve(loopback, reply, first=settings(**first))
    return await loopback.client(http2=True)


@pytest.mark.parametrize("how", GOOD)
async def test_what_a_server_may_do(loopback: Loopback, how: str) -> None:
    raw = Raw()
    client = await _client(loopback, raw, GOOD[how])
    with trio.fail_after(5):
        for _ in range(2):
            assert (await client.request("POST", URL, b"x")).body == (b"" if "304" in how else b"hello")
    assert raw.connections == (2 if "goaway" in how else 1)
    assert [exchange.error for exchange in loopback.recorder.exchanges] == [None, None]


@pytest.mark.parametrize("how", BAD)
async def test_what_is_no_answer(loopback: Loopback, how: str) -> None:
    reply, reason = BAD[how]
    client = await _client(loopback, Raw(), reply)
    with trio.fail_after(5), pytest.raises(BadResponse, match=reason):
        await client.request("GET", URL)
    assert reason in str(loopback.recorder.exchanges[0].error)


async def _said(client: HTTPClient, outcomes: list[str], body: bytes = b"x") -> None:
    try:
        outcomes.append((await client.request("POST", URL, body)).body.decode())
    except (BadResponse, ConnectionLost) as error:
        outcomes.append(type(error).__name__)


async def test_a_malformed_answer_is_one_requests_alone(loopback: Loopback) -> None:
    raw, outcomes = Raw(), list[str]()
    client = await _client(loopback, raw, lambda n: b"" if n == 1 else head(1, OK[1:]) + answer(n), streams=10)
    with trio.fail_after(5):
        async with trio.open_nursery() as asking:
            for _ in range(2):
                asking.start_soon(_said, client, outcomes)
        await _said(client, outcomes)
    assert sorted(outcomes) == ["BadResponse", "hello", "hello"]
    assert (RESET, 1, b"\0\0\0\1") in raw.frames  # PROTOCOL_ERROR
    assert raw.connections == 1


async def test_where_the_connection_ends_over_an_answer_others_are_lost_not_malformed(loopback: Loopback) -> None:
    wrong = answer(1, (*OK, (b"content-length", b"?")))
    outcomes: list[str] = []
    client = await _client(loopback, Raw(), lambda n: b"" if n == 1 else wrong + answer(n), streams=10)
    with trio.fail_after(5):
        async with trio.open_nursery() as asking:
            for _ in range(2):
                asking.start_soon(_said, client, outcomes)
    assert sorted(outcomes) == ["BadResponse", "ConnectionLost"]


async def test_goaway_leaves_the_answers_in_flight(loopback: Loopback) -> None:
    """Three go out together; the server takes two of them, lets go, and answers in the other order."""
    raw = Raw()

    def reply(number: int) -> bytes:
        if raw.connections > 1:
            return answer(number, content=b"second")
        return goaway(3) + answer(3) + answer(1) if number == 5 else b""

    client = await _client(loopback, raw, reply, streams=10)
    bodies: list[bytes] = []

    async def ask() -> None:
        bodies.append((await client.request("POST", URL, b"x")).body)

    with trio.fail_after(5):
        async with trio.open_nursery() as asking:
            for _ in range(3):
                asking.start_soon(ask)
    assert sorted(bodies) == [b"hello", b"hello", b"second"]
    assert raw.connections == 2
    assert [(exchange.error, exchange.status) for exchange in loopback.recorder.exchanges] == [(None, 200)] * 3


async def test_a_new_request_goes_elsewhere_while_answers_are_in_flight(loopback: Loopback) -> None:
    raw, let_go = Raw(), trio.Event()

    def reply(number: int) -> bytes:
        if raw.connections == 2:
            return answer(number, content=b"second")
        if number == 3:
            let_go.set()
            return goaway(3) + answer(3)
        return b""

    client = await _client(loopback, raw, reply, streams=10)
    bodies: list[bytes] = []

    async def ask(method: str) -> None:
        bodies.append((await client.request(method, URL, b"x")).body)

    with trio.fail_after(5):
        async with trio.open_nursery() as asking:
            asking.start_soon(ask, "SLOW")
            await wait_all_tasks_blocked()
            asking.start_soon(ask, "POST")
            await let_go.wait()
            await wait_all_tasks_blocked()
            await ask("POST")
            assert bodies == [b"hello", b"second"]
            assert not raw.ended.is_set()  # the first still waits there
            asking.cancel_scope.cancel()
        await raw.ended.wait()


async def test_a_server_that_takes_one_request_a_connection(loopback: Loopback) -> None:
    raw = Raw()
    client = await _client(loopback, raw, lambda n: goaway(1) + answer(1) if n == 1 else goaway(1), streams=10)
    with trio.fail_after(10):
        async with trio.open_nursery() as asking:
            for _ in range(5):
                asking.start_soon(client.request, "POST", URL, b"x")
    assert [exchange.status for exchange in loopback.recorder.exchanges] == [200] * 5


async def test_a_server_that_takes_nothing(loopback: Loopback) -> None:
    raw = Raw()
    client = await _client(loopback, raw, lambda _: goaway(0))
    with trio.fail_after(5), pytest.raises(ConnectionLost, match="3 times the server let go"):
        await client.request("GET", URL)
    assert raw.connections == 3


@pytest.mark.parametrize("last", [0, 5, EVER])
async def test_a_server_that_has_no_room_and_lets_go(loopback: Loopback, last: int) -> None:
    """What it says that it takes is not there to be taken: it is the same as a server that takes nothing."""
    raw = Raw()
    await raw.serve(loopback, answer, first=settings(streams=0) + goaway(last))
    client = await loopback.client(http2=True)
    for _ in range(2):  # the first request of a connection does not wait for what the server says
        with trio.fail_after(5), suppress(ConnectionLost):
            await client.request("GET", URL)
    assert raw.connections <= 6


async def test_a_server_that_takes_a_request_and_then_does_not(loopback: Loopback) -> None:
    """Those that wait see one that is taken, and that one is refused: over and over, if that counted as progress."""
    raw, outcomes = Raw(), list[str]()
    client = await _client(loopback, raw, lambda n: goaway(n) + head(n) + goaway(0), streams=1)
    with trio.fail_after(5):
        async with trio.open_nursery() as asking:
            for _ in range(3):
                asking.start_soon(_said, client, outcomes)
    assert outcomes == ["ConnectionLost"] * 3
    assert raw.connections <= 9


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (lambda _: HANG_UP, "it closed the connection before the answer was complete|the connection broke"),
        (lambda n: frame(RESET, 0, n, b"\0\0\0\x0b"), r"reset the stream \(ENHANCE_YOUR_CALM\)"),
        (lambda n: head(n) + frame(RESET, 0, n, bytes(4)), r"reset the stream \(NO_ERROR\)"),
    ],
)
async def test_an_answer_that_does_not_come(loopback: Loopback, reply: Callable[[int], bytes], reason: str) -> None:
    client = await _client(loopback, Raw(), reply)
    with trio.fail_after(5), pytest.raises(ConnectionLost, match=reason):
        await client.request("GET", URL)


async def test_a_server_that_breaks_the_connection_in_the_middle_of_requests(loopback: Loopback) -> None:
    """Writing fails and then reading does, for several: one error in the handler of the other."""

    async def behave(stream: Stream) -> None:
        await stream.send_all(settings(window=EVER, streams=10) + frame(8, 0, 0, b"\x7f\xff\0\0"))
        await stream.receive_some()
        stream.transport_stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        await trio.aclose_forcefully(stream)

    await loopback.impostor(behave, alpn="h2")
    client, outcomes = await loopback.client(http2=True), list[str]()
    with trio.fail_after(5):
        for _ in range(3):
            async with trio.open_nursery() as asking:
                for _ in range(3):
                    asking.start_soon(_said, client, outcomes, bytes(2_000_000))
    assert outcomes == ["ConnectionLost"] * 9


async def test_a_server_that_leaves_after_goaway(loopback: Loopback) -> None:
    client = await _client(loopback, Raw(), lambda n: goaway(n, 2) + HANG_UP)
    with trio.fail_after(5), pytest.raises(ConnectionLost, match=r"let go of the connection \(INTERNAL_ERROR\)"):
        await client.request("GET", URL)


async def test_the_servers_number_of_streams_is_kept(loopback: Loopback) -> None:
    raw, most = Raw(), 0
    waiting: list[int] = []

    def reply(number: int) -> bytes:
        nonlocal most
        waiting.append(number)
        most = max(most, len(waiting))
        if len(waiting) < 2 and len(raw.requests) < 7:
            return b""
        done = b"".join(answer(each) for each in waiting)
        waiting.clear()
        return done

    client = await _client(loopback, raw, reply, streams=2)
    with trio.fail_after(5):
        async with trio.open_nursery() as asking:
            for _ in range(7):
                asking.start_soon(client.request, "GET", URL)
    assert (len(raw.requests), raw.connections) == (7, 1)
    assert most <= 2


async def test_an_answer_before_the_request_is_complete(loopback: Loopback) -> None:
    """RFC 9113 8.1: it may come early, with a reset that says NO_ERROR behind it."""

    async def behave(stream: Stream) -> None:
        received = 0
        while received < 65_535:  # what a client may send before it is told that there is room for more
            received += len(await stream.receive_some())
        await stream.send_all(settings() + answer(1, ((b":status", b"413"),)) + frame(RESET, 0, 1, bytes(4)))
        while await stream.receive_some():
            pass

    await loopback.impostor(behave, alpn="h2")
    with trio.fail_after(5):
        reply = await (await loopback.client(http2=True)).request("POST", URL, bytes(100_000))
    assert (reply.status, reply.body) == (413, b"hello")


async def test_what_is_sent_is_what_was_told(loopback: Loopback) -> None:
    raw = Raw()
    client = await _client(loopback, raw, answer)
    told = (("Host", "c.example"), ("X-Y", " z "), ("connection", "close"), ("content-length", "7"), ("", "\xfc\n"))
    await client.request("g t", "https://ds.a.example", b"12", target="*", headers=told)
    assert raw.fields == [
        [
            (b":method", b"g t"),
            (b":authority", b"c.example"),
            (b":scheme", b"https"),
            (b":path", b"*"),
            (b"accept-encoding", b"identity"),
            (b"X-Y", b" z "),
            (b"connection", b"close"),
            (b"content-length", b"7"),
            (b"", b"\xfc\n"),
        ]
    ]
    assert raw.bodies == {1: b"12"}
