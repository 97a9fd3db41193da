"""The stream under httpcore: what is written for HTTP/1.1 leaves in one piece, and a dead peer is an error."""

import httpcore
import pytest
import trio

from simulator.net.wire import Wire

from .stage import Stage, Stream


async def _wire(stage: Stage, *, eager: bool) -> tuple[Wire, trio.MemoryReceiveChannel[bytes], trio.CancelScope]:
    """A wire, what its peer receives (piece by piece), and a scope that ends the peer."""
    send, receive = trio.open_memory_channel[bytes](100)
    peer = trio.CancelScope()

    async def collect(stream: Stream) -> None:
        with peer:
            while data := await stream.receive_some():
                await send.send(bytes(data))
                await stream.send_all(b"got it")

    await stage.impostor(collect)
    return Wire(await stage.connect(), eager=eager), receive, peer


async def test_head_and_body_leave_together_when_the_answer_is_awaited(stage: Stage) -> None:
    wire, received, _ = await _wire(stage, eager=False)
    await wire.write(b"head")
    await wire.write(b"body")
    assert await wire.read(100) == b"got it"
    assert await received.receive() == b"headbody"


async def test_an_eager_wire_writes_at_once(stage: Stage) -> None:
    wire, received, _ = await _wire(stage, eager=True)
    await wire.write(b"head")
    assert await received.receive() == b"head"


async def test_a_large_body_is_not_collected(stage: Stage) -> None:
    wire, received, _ = await _wire(stage, eager=False)
    await wire.write(bytes(100_000))
    with trio.fail_after(5):
        assert len(await received.receive()) > 0


async def test_the_peers_close_is_seen(stage: Stage) -> None:
    wire, _, peer = await _wire(stage, eager=True)
    assert not wire.readable
    assert not wire.get_extra_info("is_readable")
    peer.cancel()
    with trio.fail_after(5):
        assert await wire.read(1) == b""
    assert wire.ended
    assert wire.get_extra_info("is_readable")
    assert wire.get_extra_info("socket") is None


async def test_a_closed_wire_is_an_error_in_both_directions(stage: Stage) -> None:
    wire, _, _ = await _wire(stage, eager=True)
    await wire.aclose()
    with pytest.raises(httpcore.ReadError):
        await wire.read(1)
    with pytest.raises(httpcore.WriteError):
        await wire.write(b"x")
