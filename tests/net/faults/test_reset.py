"""A connection that breaks in the midst of a body: half a request is no request, half an answer no answer."""

import pytest

from simulator.net.errors import ConnectionLost
from simulator.net.faults import Reset
from tests.net.faults.running_group import BOTH_HTTP, RunningGroup, first
from tests.net.loopback import Echo, Loopback

URL = "https://ds.a.example/x"
BOTH = pytest.mark.parametrize("http2", [False, True])


@BOTH
@pytest.mark.parametrize("body", [b"", b"x", bytes(1000), bytes(500_000)])
@pytest.mark.parametrize("after", [0, 1, 700])
async def test_a_request_never_arrives_unless_it_was_shorter(
    loopback: Loopback, echo: Echo, http2: bool, body: bytes, after: int
) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    with loopback.network.faults.inject(Reset(after=after)), pytest.raises(ConnectionLost):
        await client.request("POST", URL, body)
    assert (await client.request("POST", URL, b"again")).body == b"again"
    whole = [request.body for request in echo.requests if request.body == body]
    assert not whole or len(body) <= after
    assert loopback.reports == []


@BOTH
async def test_half_an_answer_is_none(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    with loopback.network.faults.inject(Reset(during="answer", after=3)):
        with pytest.raises(ConnectionLost, match="the connection was reset"):
            await client.request("POST", URL, b"four")
        if not http2:  # there, the frame's head counts too
            assert (await client.request("POST", URL, b"one")).body == b"one"
    assert (await client.request("POST", URL, b"four")).body == b"four"
    assert loopback.reports == []


@BOTH_HTTP
@pytest.mark.parametrize("during", ["request", "answer"])
async def test_it_leads_to_another_try(running_group: RunningGroup, during: str) -> None:
    running_group.session.inject(Reset(where=first(2), during=during))  # type: ignore[arg-type]
    await running_group.say(b"0", b"1")
    assert running_group.inbox("bob") == ([] if during == "request" else [b"0"])
    assert "lost the connection" in str(running_group.deliveries[0].error)
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
    assert [e.fault for e in running_group.deliveries] == ["reset", "reset", None, None]
