"""Replies over HTTP/2, as the peer takes them or does not; what stands in them is in test_server_http2."""

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.bench.floods.frames import RST_STREAM, WINDOW_UPDATE, frame
from simulator.fuzzing.http2_requests import fields, request
from simulator.net import HTTPReply, HTTPRequest
from tests.net.frames import Conversation
from tests.net.loopback import Echo, Loopback

SHUT = b"\x00\x04\x00\x00\x00\x00"
"""The setting that leaves no window."""
ONE = b"\0\0\0\1"


class Sized:
    """Answers with as many bytes as the path says."""

    async def __call__(self, asked: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (), bytes(int(asked.path[1:])))


def _ask(stream: int, size: int) -> bytes:
    return request(stream, *fields(path=f"/{size}"))


async def _until_begun(conversation: Conversation, *streams: int) -> None:
    with trio.fail_after(5):
        while not conversation.statuses.keys() >= set(streams):
            await conversation.listen_once()


@pytest.mark.parametrize("size", [0, 1, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769, 65_535])
async def test_a_reply_of_any_size_arrives_whole_and_ends(loopback: Loopback, size: int) -> None:
    """As it fits into frames and buffers, or does not."""
    await loopback.serve(Sized())
    conversation = await Conversation.open(loopback)
    await conversation.send(_ask(1, size) + _ask(3, 0))
    with trio.fail_after(5):
        await conversation.listen(1, 3)
    assert conversation.statuses == {1: 200, 3: 200}
    assert conversation.bodies == ({1: bytes(size)} if size else {})


@pytest.mark.parametrize("size", [10, 100_000])
async def test_a_reply_whose_stream_is_reset_holds_nothing_up(loopback: Loopback, size: int) -> None:
    server = await loopback.serve(Sized(), turns_per_peer=9)
    conversation = await Conversation.open(loopback, SHUT)
    await conversation.send(_ask(1, size) + _ask(3, size) + _ask(5, 1))
    await _until_begun(conversation, 1, 3, 5)
    assert server.busy == 1
    reset = frame(RST_STREAM, 0, 1, bytes(4)) + frame(RST_STREAM, 0, 3, bytes(4))
    await conversation.send(reset + frame(WINDOW_UPDATE, 0, 5, ONE))
    with trio.fail_after(5):
        await conversation.listen(5)
        while server.busy:
            await trio.lowlevel.checkpoint()
    assert conversation.bodies == {5: b"\0"}
    assert loopback.reports == []


@pytest.mark.parametrize("size", [10, 100_000])
async def test_a_peer_that_takes_a_reply_too_slowly_is_cut_off(
    loopback: Loopback, mock_clock: MockClock, size: int
) -> None:
    """The time is that of the whole reply, however often the window opens a little."""
    server = await loopback.serve(Sized())
    conversation = await Conversation.open(loopback, SHUT)
    await conversation.send(_ask(1, size))
    await _until_begun(conversation, 1)
    for taken in range(1, 6):
        await wait_all_tasks_blocked()
        mock_clock.jump(5.9)
        await conversation.send(frame(WINDOW_UPDATE, 0, 1, ONE))
        while len(conversation.bodies.get(1, b"")) < taken:
            await conversation.listen_once()
    await wait_all_tasks_blocked()
    mock_clock.jump(0.6)
    await conversation.listen()
    await server.stop(grace=60)
    assert len(conversation.bodies[1]) == 5
    assert trio.current_time() == pytest.approx(30.1, abs=0.01)
    assert loopback.reports == []


@pytest.mark.parametrize("size", [10, 100_000])
async def test_a_reply_that_waits_for_its_window_ends_with_its_peer(loopback: Loopback, size: int) -> None:
    server = await loopback.serve(Sized())
    conversation = await Conversation.open(loopback, SHUT)
    await conversation.send(_ask(1, size))
    await _until_begun(conversation, 1)
    await trio.aclose_forcefully(conversation.stream)
    with trio.fail_after(5):
        while server.connections:
            await trio.lowlevel.checkpoint()
    assert loopback.reports == []


async def test_more_requests_than_allowed_at_a_time_one_after_the_other(loopback: Loopback, echo: Echo) -> None:
    """A peer that opens a stream when it has the end of another never has too many."""
    await loopback.serve(echo, requests_per_connection=2)
    conversation = await Conversation.open(loopback)
    with trio.fail_after(5):
        await conversation.send(request(1) + request(3))
        for stream in range(5, 65, 2):
            await conversation.listen(stream - 4)
            await conversation.send(request(stream))
        await conversation.listen(61, 63)
    assert set(conversation.statuses.values()) == {200}
    assert (len(echo.requests), conversation.goaway) == (32, [])
