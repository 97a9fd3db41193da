"""A sender that does not stay is served all the same, and asks again."""

import pytest
import trio

from simulator.net.errors import ConnectionLost
from simulator.net.faults import HangUp
from simulator.net.http import HTTPReply, HTTPRequest
from tests.net.faults.theatre import BOTH_HTTP, Theatre, first
from tests.net.stage import Stage


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("size", [0, 10, 100_000])
async def test_the_server_gets_the_whole_request(stage: Stage, http2: bool, size: int) -> None:
    bodies: list[bytes] = []
    arrived = trio.Event()

    async def take(request: HTTPRequest) -> HTTPReply:
        bodies.append(request.body)
        arrived.set()
        return HTTPReply(200)

    await stage.serve(take)
    client = await stage.client(http2=http2)
    with stage.network.faults.inject(HangUp()), pytest.raises(ConnectionLost, match="ended before the answer came"):
        await client.request("POST", "https://ds.a.example/x", bytes(size))
    if not http2:  # there, bodies of more than a window are never sent whole without reading
        with trio.fail_after(5):
            await arrived.wait()
        assert bodies == [bytes(size)]
    assert (await client.request("POST", "https://ds.a.example/x", b"again")).status == 200


@BOTH_HTTP
async def test_delivered_once_all_the_same(theatre: Theatre) -> None:
    theatre.session.inject(HangUp(where=first(2)))
    await theatre.say(b"0", b"1", b"2")
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1", b"2"]
    assert [e.fault for e in theatre.deliveries[:3]] == ["hang_up", "hang_up", None]
