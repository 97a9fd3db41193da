"""A request that trickles arrives, if its sender's timeout is long enough."""

import pytest

from simulator.net.faults import SlowWrite
from tests.net.faults.running_group import BOTH_HTTP, TO_BOB, RunningGroup, first
from tests.net.loopback import Echo, Loopback


@pytest.mark.parametrize("http2", [False, True])
async def test_small_pieces_make_the_same_request(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    body = bytes(range(256)) * 20
    with loopback.network.faults.inject(SlowWrite(piece=7)) as slow:
        assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert slow.hits == 1


@BOTH_HTTP
async def test_by_protocol_time(running_group: RunningGroup) -> None:
    running_group.session.inject(SlowWrite(where=TO_BOB, piece=100, seconds=1))
    await running_group.say(b"slowly")
    seconds = 0
    while not running_group.inbox("bob"):
        seconds += 1
        await running_group.later(1)
        assert seconds < 30
    size = len(running_group.deliveries[0].request)
    assert seconds >= size // 100 > 1


async def test_too_slow(running_group: RunningGroup) -> None:
    running_group.session.inject(SlowWrite(where=first(), piece=8, seconds=1))
    await running_group.say(b"0", b"1")
    for _ in range(31):
        await running_group.later(1)
    assert "no complete answer within 30 s" in str(running_group.deliveries[0].error)
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
