"""A connection that breaks in the midst of a body: half a request is no request, half an answer no answer."""

import pytest

from simulator.net.errors import ConnectionLost
from simulator.net.faults import Reset
from tests.net.faults.theatre import BOTH_HTTP, Theatre, first
from tests.net.stage import Echo, Stage

URL = "https://ds.a.example/x"
BOTH = pytest.mark.parametrize("http2", [False, True])


@BOTH
@pytest.mark.parametrize("body", [b"", b"x", bytes(1000), bytes(500_000)])
@pytest.mark.parametrize("after", [0, 1, 700])
async def test_a_request_never_arrives_unless_it_was_shorter(
    stage: Stage, echo: Echo, http2: bool, body: bytes, after: int
) -> None:
    await stage.serve(echo)
    client = await stage.client(http2=http2)
    with stage.network.faults.inject(Reset(after=after)), pytest.raises(ConnectionLost):
        await client.request("POST", URL, body)
    assert (await client.request("POST", URL, b"again")).body == b"again"
    whole = [request.body for request in echo.requests if request.body == body]
    assert not whole or len(body) <= after
    assert stage.reports == []


@BOTH
async def test_half_an_answer_is_none(stage: Stage, echo: Echo, http2: bool) -> None:
    await stage.serve(echo)
    client = await stage.client(http2=http2)
    with stage.network.faults.inject(Reset(during="answer", after=3)):
        with pytest.raises(ConnectionLost, match="the connection was reset"):
            await client.request("POST", URL, b"four")
        if not http2:  # there, the frame's head counts too
            assert (await client.request("POST", URL, b"one")).body == b"one"
    assert (await client.request("POST", URL, b"four")).body == b"four"
    assert stage.reports == []


@BOTH_HTTP
@pytest.mark.parametrize("during", ["request", "answer"])
async def test_it_leads_to_another_try(theatre: Theatre, during: str) -> None:
    theatre.session.inject(Reset(where=first(2), during=during))  # type: ignore[arg-type]
    await theatre.say(b"0", b"1")
    assert theatre.inbox("bob") == ([] if during == "request" else [b"0"])
    assert "lost the connection" in str(theatre.deliveries[0].error)
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
    assert [e.fault for e in theatre.deliveries] == ["reset", "reset", None, None]
