"""An answer that trickles is the same answer."""

import pytest

from simulator.net.faults import SlowRead
from tests.net.faults.running_group import BOTH_HTTP, TO_BOB, RunningGroup
from tests.net.loopback import Echo, Loopback


@pytest.mark.parametrize("http2", [False, True])
async def test_small_pieces_make_the_same_answer(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    body = bytes(range(256)) * 20
    with loopback.network.faults.inject(SlowRead(piece=7)) as slow:
        assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert slow.hits == 1


@BOTH_HTTP
async def test_by_protocol_time(running_group: RunningGroup) -> None:
    running_group.session.inject(SlowRead(where=TO_BOB, piece=10, seconds=1))
    await running_group.say(b"slowly")
    assert running_group.deliveries == []
    seconds = 0
    while not running_group.deliveries:
        seconds += 1
        await running_group.later(1)
        assert seconds < 30
    assert running_group.deliveries[0].status == 200
    assert seconds > 2
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"slowly"]
