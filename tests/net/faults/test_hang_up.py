"""A sender that does not stay is served all the same, and asks again."""

import pytest
import trio

from simulator.net.errors import ConnectionLost
from simulator.net.faults import HangUp
from simulator.net.http import HTTPReply, HTTPRequest
from tests.net.faults.running_group import BOTH_HTTP, RunningGroup, first
from tests.net.loopback import Loopback


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("size", [0, 10, 100_000])
async def test_the_server_gets_the_whole_request(loopback: Loopback, http2: bool, size: int) -> None:
    bodies: list[bytes] = []
    arrived = trio.Event()

    async def take(request: HTTPRequest) -> HTTPReply:
        bodies.append(request.body)
        arrived.set()
        return HTTPReply(200)

    await loopback.serve(take)
    client = await loopback.client(http2=http2)
    with loopback.network.faults.inject(HangUp()), pytest.raises(ConnectionLost, match="ended before the answer came"):
        await client.request("POST", "https://ds.a.example/x", bytes(size))
    if not http2:  # there, bodies of more than a window are never sent whole without reading
        with trio.fail_after(5):
            await arrived.wait()
        assert bodies == [bytes(size)]
    assert (await client.request("POST", "https://ds.a.example/x", b"again")).status == 200


@BOTH_HTTP
async def test_delivered_once_all_the_same(running_group: RunningGroup) -> None:
    running_group.session.inject(HangUp(where=first(2)))
    await running_group.say(b"0", b"1", b"2")
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1", b"2"]
    assert [e.fault for e in running_group.deliveries[:3]] == ["hang_up", "hang_up", None]
