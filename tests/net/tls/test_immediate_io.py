"""Bytes pass as they do on trio's TLS stream, at once where they can, and an end or a failure is the same."""

import socket

import pytest
import trio

from simulator.net.client.wire import RESET_ON_CLOSE
from simulator.net.tls.immediate_io import ImmediateIO
from tests.net.loopback import Loopback, Stream

LARGE = bytes(range(256)) * 40_000


async def _pair(loopback: Loopback) -> tuple[Stream, Stream]:
    """Both ends of a connection: the client's and the server's."""
    send, receive = trio.open_memory_channel[Stream](1)

    async def keep(stream: Stream) -> None:
        await send.send(stream)
        await trio.sleep_forever()

    await loopback.impostor(keep)
    return await loopback.connect(), await receive.receive()


async def test_large_and_small_pieces_arrive_in_order(loopback: Loopback) -> None:
    client, server = await _pair(loopback)
    ours, theirs, received = ImmediateIO(client), ImmediateIO(server), bytearray()

    async def send() -> None:
        for piece in (b"a", LARGE, b"b", b"", LARGE, b"c"):
            await ours.send_all(piece)

    with trio.fail_after(20):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(send)
            while len(received) < 2 * len(LARGE) + 3:
                data = await theirs.receive_some(5000)
                assert 0 < len(data) <= 5000
                received += data
    assert bytes(received) == b"a" + LARGE + b"b" + LARGE + b"c"


async def test_reading_lets_others_run_though_there_is_something(loopback: Loopback) -> None:
    client, server = await _pair(loopback)
    await ImmediateIO(client).send_all(b"abc")
    reader, turns = ImmediateIO(server), 0
    assert await reader.receive_some(1) == b"a"

    async def count() -> None:
        nonlocal turns
        while turns < 10:
            turns += 1
            await trio.lowlevel.checkpoint()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(count)
        for _ in range(2):
            await reader.receive_some(1)
    assert turns >= 2
    with trio.move_on_after(0) as scope:
        await reader.receive_some(1)
    assert scope.cancelled_caught


async def test_the_peers_end_and_its_reset(loopback: Loopback) -> None:
    client, server = await _pair(loopback)
    with trio.fail_after(5):
        await server.transport_stream.send_eof()
        assert await ImmediateIO(client).receive_some(1) == b""
        client.transport_stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        await trio.aclose_forcefully(client)
        with pytest.raises(trio.BrokenResourceError, match="socket connection broken"):
            await ImmediateIO(server).receive_some(1)


async def test_what_is_no_tls_is_an_error_that_says_so(loopback: Loopback) -> None:
    client, server = await _pair(loopback)
    await server.transport_stream.send_all(b"\x17\x03\x03\x00\x20" + bytes(32))
    reader = ImmediateIO(client)
    with trio.fail_after(5), pytest.raises(trio.BrokenResourceError) as caught:
        await reader.receive_some(1)
    assert "BAD_RECORD_MAC" in str(caught.value.__cause__)
    with pytest.raises(trio.BrokenResourceError):
        await reader.send_all(b"x")


async def test_a_closed_stream_is_an_error(loopback: Loopback) -> None:
    client, _ = await _pair(loopback)
    await trio.aclose_forcefully(client)
    with pytest.raises(trio.ClosedResourceError):
        await ImmediateIO(client).receive_some(1)
    with pytest.raises(trio.ClosedResourceError):
        await ImmediateIO(client).send_all(b"x")


async def test_who_gives_up_while_writing_leaves_a_broken_stream(loopback: Loopback) -> None:
    client, _ = await _pair(loopback)
    with trio.move_on_after(0.1) as scope:
        while True:
            await ImmediateIO(client).send_all(LARGE)
    assert scope.cancelled_caught
    with pytest.raises(trio.BrokenResourceError):
        await ImmediateIO(client).send_all(b"x")


async def test_the_end_is_the_end_however_often_one_looks(loopback: Loopback) -> None:
    client, server = await _pair(loopback)
    await ImmediateIO(server).send_all(b"abc")
    reader = ImmediateIO(client)
    with trio.fail_after(5):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(server.unwrap)  # a close_notify whose TCP stream goes on
            assert [await reader.receive_some(10) for _ in range(3)] == [b"abc", b"", b""]
            nursery.cancel_scope.cancel()


async def test_a_socket_that_is_closed_underneath(loopback: Loopback) -> None:
    client, _ = await _pair(loopback)
    await client.transport_stream.aclose()
    for _ in range(2):
        with pytest.raises(trio.ClosedResourceError):
            await ImmediateIO(client).receive_some(10)
