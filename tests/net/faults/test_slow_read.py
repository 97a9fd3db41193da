"""An answer that trickles is the same answer."""

import pytest

from simulator.net.faults import SlowRead
from tests.net.faults.theatre import BOTH_HTTP, TO_BOB, Theatre
from tests.net.stage import Echo, Stage


@pytest.mark.parametrize("http2", [False, True])
async def test_small_pieces_make_the_same_answer(stage: Stage, echo: Echo, http2: bool) -> None:
    await stage.serve(echo)
    client = await stage.client(http2=http2)
    body = bytes(range(256)) * 20
    with stage.network.faults.inject(SlowRead(piece=7)) as slow:
        assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert (await client.request("POST", "https://ds.a.example/x", body)).body == body
    assert slow.hits == 1


@BOTH_HTTP
async def test_by_protocol_time(theatre: Theatre) -> None:
    theatre.session.inject(SlowRead(where=TO_BOB, piece=10, seconds=1))
    await theatre.say(b"slowly")
    assert theatre.deliveries == []
    seconds = 0
    while not theatre.deliveries:
        seconds += 1
        await theatre.later(1)
        assert seconds < 30
    assert theatre.deliveries[0].status == 200
    assert seconds > 2
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"slowly"]
