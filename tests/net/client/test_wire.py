"""The stream under HTTP: what is written for HTTP/1.1 leaves in one piece, and a dead peer is an error."""

import pytest
import trio

from simulator.net.client.wire import Cut, ReadError, Wire, WriteError
from tests.net.loopback import Loopback, Stream


async def _wire(loopback: Loopback, *, eager: bool) -> tuple[Wire, trio.MemoryReceiveChannel[bytes], trio.CancelScope]:
    """A wire, what its peer receives (piece by piece), and a scope that ends the peer."""
    send, receive = trio.open_memory_channel[bytes](100)
    peer = trio.CancelScope()

    async def collect(stream: Stream) -> None:
        with peer:
            while data := await stream.receive_some():
                await send.send(bytes(data))
                await stream.send_all(b"got it")

    await loopback.impostor(collect)
    return Wire(await loopback.connect(), eager=eager), receive, peer


async def test_head_and_body_leave_together_when_the_answer_is_awaited(loopback: Loopback) -> None:
    wire, received, _ = await _wire(loopback, eager=False)
    await wire.write(b"head")
    await wire.write(b"body")
    assert await wire.read(100) == b"got it"
    assert await received.receive() == b"headbody"


async def test_an_eager_wire_writes_at_once(loopback: Loopback) -> None:
    wire, received, _ = await _wire(loopback, eager=True)
    await wire.write(b"head")
    assert await received.receive() == b"head"


async def test_a_large_body_is_not_collected(loopback: Loopback) -> None:
    wire, received, _ = await _wire(loopback, eager=False)
    await wire.write(bytes(100_000))
    with trio.fail_after(5):
        assert len(await received.receive()) > 0


async def test_the_peers_close_is_seen(loopback: Loopback) -> None:
    wire, _, peer = await _wire(loopback, eager=True)
    assert not wire.readable
    assert not wire.readable
    peer.cancel()
    with trio.fail_after(5):
        assert await wire.read(1) == b""
    assert wire.ended
    assert wire.readable


async def test_a_closed_wire_is_an_error_in_both_directions(loopback: Loopback) -> None:
    wire, _, _ = await _wire(loopback, eager=True)
    await wire.aclose()
    with pytest.raises(ReadError):
        await wire.read(1)
    with pytest.raises(WriteError):
        await wire.write(b"x")


@pytest.mark.parametrize("torn", [False, True])
async def test_a_wire_is_closed_with_a_goodbye_unless_a_record_is_half_sent(loopback: Loopback, torn: bool) -> None:
    ends: list[str] = []
    over = trio.Event()

    async def listen(stream: Stream) -> None:
        stream._https_compatible = False  # an end without close_notify is an error
        try:
            while await stream.receive_some():
                pass
            ends.append("goodbye")
        except trio.BrokenResourceError:
            ends.append("cut")
        over.set()

    await loopback.impostor(listen)
    wire = Wire(await loopback.connect(), eager=True)
    await wire.write(b"some")
    if torn:
        with trio.move_on_after(0):
            await wire.write(bytes(10_000_000))
    await wire.aclose()
    with trio.fail_after(5):
        await over.wait()
    assert ends == ["cut" if torn else "goodbye"]


class Steps:
    """A pace that notes what it is asked, and cuts the connection after some bytes of the body."""

    def __init__(self, piece: int, cut: int | None = None) -> None:
        self.piece = piece
        self.cut = cut
        self.asked: list[int | None] = []

    async def step(self, passed: int | None) -> None:
        self.asked.append(passed)
        if self.cut is not None and passed is not None and passed >= self.cut:
            raise Cut("cut off", reset=True)


async def test_a_paced_wire_writes_at_once_and_in_pieces(loopback: Loopback) -> None:
    wire, received, _ = await _wire(loopback, eager=False)
    pace = Steps(3)
    wire.pace(pace, None)
    await wire.write(b"head")
    wire.body_begins()
    await wire.write(b"bodybo")
    assert pace.asked == [None, None, 0, 3]
    data = b""
    while len(data) < 10:
        data += await received.receive()
    assert data == b"headbodybo"
    wire.pace(None, None)
    await wire.write(b"more")
    assert pace.asked == [None, None, 0, 3], "not paced any more"


async def test_a_paced_wire_reads_in_pieces(loopback: Loopback) -> None:
    wire, _, _ = await _wire(loopback, eager=True)
    pace = Steps(2)
    wire.pace(None, pace)
    await wire.write(b"?")
    assert await wire.read(100) == b"go"
    wire.answer_begins()
    assert [await wire.read(100), await wire.read(1)] == [b"t ", b"i"]
    assert pace.asked == [None, 0, 2]


async def test_a_cut_is_a_reset_for_both_sides(loopback: Loopback) -> None:
    broken: list[Exception] = []
    over = trio.Event()

    async def listen(stream: Stream) -> None:
        try:
            while await stream.receive_some():
                pass
        except trio.BrokenResourceError as error:
            broken.append(error)
        over.set()

    await loopback.impostor(listen)
    wire = Wire(await loopback.connect(), eager=True)
    wire.pace(Steps(4, cut=4), Steps(1, cut=0))
    wire.body_begins()
    wire.answer_begins()
    with pytest.raises(WriteError, match="cut off"):
        await wire.write(b"12345")
    with pytest.raises(ReadError, match="cut off"):
        await wire.read(1)
    assert wire.closed
    assert wire.readable
    with trio.fail_after(5):
        await over.wait()
    assert isinstance(broken[0].__cause__, ConnectionResetError)


async def test_a_wire_on_which_somebody_gave_up_writing_is_torn(loopback: Loopback) -> None:
    """Half a TLS record is on its way: whoever writes next would write into the middle of it."""
    wire, _, _ = await _wire(loopback, eager=True)
    await wire.write(b"whole")
    assert not wire.torn
    with trio.move_on_after(0):
        await wire.write(bytes(10_000_000))
    assert wire.torn
