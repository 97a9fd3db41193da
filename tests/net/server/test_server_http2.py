"""HTTP/2 as RFC 9113 has it, frame by frame; what a peer can do with frames stays on its connection."""

from ssl import SSLWantReadError

import pytest
import trio
from h2.errors import ErrorCodes

from simulator.bench.floods.frames import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    GOAWAY,
    HEADERS,
    PING,
    PRIORITY,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    frame,
)
from simulator.fuzzing.http2_requests import block, fields, request
from simulator.net import HTTPReply, HTTPRequest
from tests.net.frames import Conversation
from tests.net.loopback import Echo, Loopback

LARGE = bytes(range(256)) * 1200
GOODBYE = frame(GOAWAY, 0, 0, bytes(8))
FAREWELL = frame(GOAWAY, 0, 0, b"\x7f\xff\xff\xff" + ErrorCodes.INTERNAL_ERROR.to_bytes(4, "big") + b"why")
SHUT = b"\x00\x04\x00\x00\x00\x00"
"""The setting that leaves no window."""


async def _all(loopback: Loopback, data: bytes, *streams: int) -> Conversation:
    """What comes back for these bytes, until these streams have ended, or the connection."""
    conversation = await Conversation.open(loopback)
    with trio.fail_after(5):
        await conversation.send(data)
        await conversation.listen(*streams)
    return conversation


async def _still_serves(conversation: Conversation, stream: int = 101) -> bool:
    with trio.fail_after(5):
        await conversation.send(request(stream))
        await conversation.listen(stream)
    return conversation.statuses.get(stream) == 200


@pytest.mark.parametrize("goodbye", [GOODBYE, FAREWELL])
@pytest.mark.parametrize("where", ["in front", "behind", "in the middle", "twice"])
async def test_a_goodbye_takes_no_request_with_it(loopback: Loopback, echo: Echo, goodbye: bytes, where: str) -> None:
    """RFC 9113 6.8: the streams that there are go on. What may follow a goodbye is any frame."""
    await loopback.serve(echo)
    head, body = request(1, flags=END_HEADERS), frame(DATA, 0, 1, b"bo") + frame(DATA, END_STREAM, 1, b"dy")
    data = {
        "in front": goodbye + head + body,
        "behind": head + body + goodbye,
        "in the middle": head + goodbye + body + frame(PING, 0, 0, bytes(8)),
        "twice": goodbye + head + goodbye + body + frame(WINDOW_UPDATE, 0, 0, b"\0\0\1\0") + frame(SETTINGS, 0, 0),
    }[where]
    conversation = await _all(loopback, data, 1)
    assert (conversation.statuses, conversation.bodies, conversation.goaway) == ({1: 200}, {1: b"body"}, [])
    assert await _still_serves(conversation)
    assert loopback.reports == []


async def test_an_answer_that_waits_for_its_window_goes_on_after_a_goodbye(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    conversation = await Conversation.open(loopback, SHUT)
    opening = frame(WINDOW_UPDATE, 0, 1, len(LARGE[:60_000]).to_bytes(4, "big"))
    body = b"".join(frame(DATA, 0, 1, LARGE[at : at + 10_000]) for at in range(0, 60_000, 10_000))
    with trio.fail_after(5):
        await conversation.send(request(1, flags=END_HEADERS) + body + frame(DATA, END_STREAM, 1) + GOODBYE)
        while 1 not in conversation.statuses:
            await conversation.listen_once()
        await conversation.send(opening)
        await conversation.listen(1)
    assert conversation.bodies[1] == LARGE[:60_000]


async def test_several_requests_end_after_a_goodbye_and_then_the_connection_is_at_rest(
    loopback: Loopback, nursery: trio.Nursery
) -> None:
    go, busy = trio.Event(), 0

    async def slow(_: HTTPRequest) -> HTTPReply:
        nonlocal busy
        busy += 1
        await go.wait()
        return HTTPReply(200)

    server = await loopback.serve(slow, turns_per_peer=9)
    conversation = await Conversation.open(loopback)
    await conversation.send(b"".join(request(stream) for stream in (1, 3, 5)) + GOODBYE)
    while busy < 3:
        await trio.lowlevel.checkpoint()
    go.set()
    with trio.fail_after(5):
        await conversation.listen(1, 3, 5)
        await server.stop(grace=60)
        await conversation.listen()
    assert set(conversation.statuses.values()) == {200}
    assert conversation.goaway == [ErrorCodes.NO_ERROR]


async def test_priorities_are_ignored(loopback: Loopback, echo: Echo) -> None:
    """RFC 9113 5.3.2. A chain of dependencies as deep as this one, or a circle, is nothing to anybody."""
    await loopback.serve(echo, idle_frames=10_000)
    chain = b"".join(
        frame(PRIORITY, 0, 2 * number + 3, (0x80000000 | 2 * number + 1).to_bytes(4, "big") + b"\x10")
        for number in range(3000)
    )
    circle = frame(PRIORITY, 0, 1, b"\0\0\0\x01\x10") + frame(PRIORITY, 0, 5, b"\0\0\0\x05\xff")
    weighted = frame(HEADERS, END_HEADERS | END_STREAM | 0x20, 9001, b"\x80\0\0\x07\xff" + block())
    conversation = await _all(loopback, chain + circle + weighted, 9001)
    assert conversation.statuses == {9001: 200}
    assert loopback.reports == []


@pytest.mark.parametrize("end", [frame(DATA, 0, 1, bytes(16_385)), frame(DATA, 0, 0, b"x"), bytes(20_000)])
async def test_a_reply_that_is_ready_when_the_connection_has_ended_is_dropped(
    loopback: Loopback, nursery: trio.Nursery, end: bytes
) -> None:
    """It is nobody's fault: h2 sends nothing after its last GOAWAY."""
    go, busy = trio.Event(), trio.Event()

    async def slow(_: HTTPRequest) -> HTTPReply:
        busy.set()
        await go.wait()
        return HTTPReply(200, (), LARGE)

    server = await loopback.serve(slow)
    conversation = await Conversation.open(loopback)
    await conversation.send(request(1))
    await busy.wait()
    await conversation.send(end)
    with trio.fail_after(5):
        while not conversation.goaway:
            await conversation.listen_once()
        go.set()
        await conversation.listen()
        await server.stop(grace=60)
    assert (conversation.statuses, loopback.reports) == ({}, [])


QUIET = {
    "PRIORITY": frame(PRIORITY, 0, 1, bytes(4) + b"\x10"),
    "PING": frame(PING, 0, 0, bytes(8)),
    "SETTINGS": frame(SETTINGS, 0, 0, b"\0\x03\0\0\0\x64"),
    "unknown": frame(0xB7, 0xFF, 0, b"what"),
}


@pytest.mark.parametrize("kind", QUIET)
async def test_frames_that_ask_for_nothing_have_an_end(loopback: Loopback, echo: Echo, kind: str) -> None:
    await loopback.serve(echo, idle_frames=50)
    conversation = await _all(loopback, QUIET[kind] * 40 + request(1) + QUIET[kind] * 51)
    assert conversation.goaway == [ErrorCodes.ENHANCE_YOUR_CALM]
    assert loopback.reports == []


@pytest.mark.parametrize(
    "data",
    [
        request(1, flags=END_STREAM) + frame(CONTINUATION, 0, 1, bytes(16_000)) * 3,
        frame(HEADERS, END_STREAM, 1) + frame(CONTINUATION, 0, 1, b"\x20" * 10_000) * 4,
    ],
)
async def test_a_header_block_has_an_end(loopback: Loopback, echo: Echo, data: bytes) -> None:
    await loopback.serve(echo)
    conversation = await _all(loopback, data)
    assert conversation.goaway == [ErrorCodes.ENHANCE_YOUR_CALM]
    assert (echo.requests, loopback.reports) == ([], [])


async def test_a_frame_that_is_too_long_is_refused_before_it_has_come(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    conversation = await _all(loopback, request(1, flags=END_HEADERS) + frame(DATA, 0, 1, bytes(16_385))[:9])
    assert conversation.goaway == [ErrorCodes.FRAME_SIZE_ERROR]
    assert (echo.requests, loopback.reports) == ([], [])


@pytest.mark.parametrize(
    ("odd", "status"),
    [
        (fields(method="GÉT"), 400),
        (fields(method="G T"), 400),
        (fields(path="/é"), 400),
        (fields(path="x"), 400),
        (fields(path="?x"), 400),
        (fields(path="/a b"), 400),
        (fields(path="https://ds.a.example/x", authority="ds.b.example"), 400),
        (fields(path="HTTPS://ds.a.example/x"), 400),
        (fields(method="OPTIONS", path="*"), 200),
        (fields(method="get"), 200),
        (fields(method="CONNECT", path="", scheme=""), 501),
        (fields(method="CONNECT", protocol="websocket"), 403),
    ],
)
async def test_odd_heads_are_answered_and_the_connection_goes_on(
    loopback: Loopback, echo: Echo, odd: list[tuple[str, str]], status: int
) -> None:
    await loopback.serve(echo)
    conversation = await _all(loopback, request(1, *odd), 1)
    assert (conversation.statuses, conversation.goaway) == ({1: status}, [])
    assert [seen.method for seen in echo.requests] == ([dict(odd)[":method"]] if status == 200 else [])
    assert await _still_serves(conversation)
    assert loopback.reports == []


@pytest.mark.parametrize(
    "malformed",
    [
        [*fields(), ("connection", "close")],
        [*fields(), ("X", "upper")],
        [*fields(), ("x", "line\nbreak")],
        [("x", "y"), *fields()],
        [*fields(), (":path", "/twice")],
        [*fields(), (":status", "200")],
        fields(path=""),
        fields(scheme=""),
        fields(authority=""),
        [*fields(), ("host", "ds.b.example")],
        [*fields(), ("content-length", "5")],
        [*fields(), ("content-length", "0"), ("content-length", "1")],
        [*fields(), ("content-length", "x")],
    ],
)
async def test_malformed_heads_are_refused(loopback: Loopback, echo: Echo, malformed: list[tuple[str, str]]) -> None:
    """RFC 9113 8.1.1, 8.2, 8.3."""
    await loopback.serve(echo)
    conversation = await _all(loopback, request(1, *malformed), 1)
    assert conversation.goaway or conversation.reset or conversation.statuses[1] == 400
    assert (echo.requests, loopback.reports) == ([], [])


async def test_a_body_in_pieces_with_padding_and_empty_frames(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    pieces = [frame(DATA, 0x8, 1, bytes([5]) + LARGE[at : at + 10_000] + bytes(5)) for at in range(0, 60_000, 10_000)]
    data = request(1, flags=END_HEADERS) + frame(DATA, 0, 1).join(pieces) + frame(DATA, 0x9, 1, b"\xff" + bytes(255))
    conversation = await _all(loopback, data, 1)
    assert conversation.bodies == {1: LARGE[:60_000]}


async def test_a_body_in_pieces_of_one_byte_arrives_whole(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    body = bytes(range(256)) * 40
    pieces = b"".join(frame(DATA, 0, 1, bytes([byte])) for byte in body)
    conversation = await _all(loopback, request(1, flags=END_HEADERS) + pieces + frame(DATA, END_STREAM, 1), 1)
    assert (conversation.statuses, conversation.bodies) == ({1: 200}, {1: body})


async def test_trailers_end_a_body(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    trailers = frame(HEADERS, END_HEADERS | END_STREAM, 1, block(("x", "y")))
    conversation = await _all(loopback, request(1, flags=END_HEADERS) + frame(DATA, 0, 1, b"body") + trailers, 1)
    assert conversation.bodies == {1: b"body"}


async def test_what_nobody_reads_does_not_take_the_connections_window_away(loopback: Loopback, echo: Echo) -> None:
    """Far more than one window of data, on streams that are reset in the middle of their bodies."""
    await loopback.serve(echo)
    conversation = await Conversation.open(loopback)
    with trio.fail_after(5):
        for number in range(30):
            stream = 2 * number + 1
            data = frame(DATA, 0, stream, bytes(16_000))
            await conversation.send(request(stream, flags=END_HEADERS) + data + frame(RST_STREAM, 0, stream, bytes(4)))
    assert await _still_serves(conversation)
    assert loopback.reports == []


async def test_replies_take_turns(loopback: Loopback) -> None:
    async def large(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (), LARGE)

    await loopback.serve(large, turns_per_peer=9)
    settings = b"\x00\x04\x00\x10\x00\x00"
    conversation = await Conversation.open(loopback, settings)
    streams = (1, 3, 5)
    with trio.fail_after(5):
        await conversation.send(frame(WINDOW_UPDATE, 0, 0, b"\0\x10\0\0") + b"".join(map(request, streams)))
        await conversation.listen(*streams)
    assert [conversation.bodies[stream] for stream in streams] == [LARGE] * 3


async def test_head_and_replies_without_content_have_no_body(loopback: Loopback) -> None:
    async def answer(asked: HTTPRequest) -> HTTPReply:
        return HTTPReply(204) if asked.path == "/none" else HTTPReply(200, (), b"body")

    await loopback.serve(answer)
    data = request(1, *fields(method="HEAD")) + request(3, *fields(path="/none")) + request(5)
    conversation = await _all(loopback, data, 1, 3, 5)
    assert conversation.statuses == {1: 200, 3: 204, 5: 200}
    assert conversation.bodies == {5: b"body"}


async def test_a_peer_that_closes_its_side_behind_a_request_gets_its_answer(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    conversation = await Conversation.open(loopback)
    await conversation.send(request(1))
    stream = conversation.stream
    with pytest.raises(SSLWantReadError):
        stream._ssl_object.unwrap()
    await stream.transport_stream.send_all(stream._outgoing.read())
    with trio.fail_after(5):
        await conversation.listen(1)
    assert conversation.statuses == {1: 200}


async def test_an_idle_connection_that_is_closed_hears_goodbye(loopback: Loopback, echo: Echo) -> None:
    server = await loopback.serve(echo)
    conversation = await _all(loopback, request(1), 1)
    await server.stop()
    with trio.fail_after(5):
        await conversation.listen()
    assert conversation.goaway == [ErrorCodes.NO_ERROR]
