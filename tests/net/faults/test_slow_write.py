"""A request that trickles arrives, if its sender's timeout is long enough."""

import pytest

from simulator.net.faults import SlowWrite
from tests.net.faults.theatre import BOTH_HTTP, TO_BOB, Theatre, first
from tests.net.stage import Echo, Stage


@pytest.mark.parametrize("http2", [False, True])
async def test_small_pieces_make_the_same_request(stage: Stage, echo: Echo, http2: bool) -> None:
    await stage.serve(echo)
    client = await stage.client(http2=http2)
    body = bytes(range(256)) * 20
    with stage.network.faults.inject(SlowWrite(piece=7)) as slow:
        assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert slow.hits == 1


@BOTH_HTTP
async def test_by_protocol_time(theatre: Theatre) -> None:
    theatre.session.inject(SlowWrite(where=TO_BOB, piece=100, seconds=1))
    await theatre.say(b"slowly")
    seconds = 0
    while not theatre.inbox("bob"):
        seconds += 1
        await theatre.later(1)
        assert seconds < 30
    size = len(theatre.deliveries[0].request)
    assert seconds >= size // 100 > 1


async def test_too_slow(theatre: Theatre) -> None:
    theatre.session.inject(SlowWrite(where=first(), piece=8, seconds=1))
    await theatre.say(b"0", b"1")
    for _ in range(31):
        await theatre.later(1)
    assert "no complete answer within 30 s" in str(theatre.deliveries[0].error)
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
