"""Several faults at once: a request passes through all that hit it, the oldest first."""

from simulator.net.faults import Corrupt, Delay, Duplicate, Hold, RequestMatch, Respond
from tests.net.faults.theatre import TO_BOB, Theatre
from tests.net.stage import Echo, Stage

URL = "https://ds.a.example/x"


async def test_in_the_order_of_injection(stage: Stage, echo: Echo) -> None:
    await stage.serve(echo)
    client = await stage.client()
    faults = stage.network.faults
    faults.inject(Duplicate(answer="last"))
    faults.inject(Corrupt(mask=1, offset=0))
    faults.inject(Delay(where=RequestMatch(endpoint="/other"), seconds=9))
    assert (await client.request("POST", URL, b"@")).body == b"A"
    assert [request.body for request in echo.requests] == [b"A", b"A"]
    assert stage.recorder.exchanges[0].fault == "duplicate, corrupt, corrupt"
    assert stage.recorder.exchanges[0].request == b"@", "what its sender sent"


async def test_one_that_answers_lets_none_pass_to_those_behind_it(stage: Stage, echo: Echo) -> None:
    await stage.serve(echo)
    client = await stage.client()
    stage.network.faults.inject(Respond(status=418))
    behind = stage.network.faults.inject(Duplicate())
    assert (await client.request("POST", URL, b"@")).status == 418
    assert (echo.requests, behind.hits) == ([], 0)


async def test_repair_removes_all(theatre: Theatre) -> None:
    faults = theatre.session.network.faults
    held = theatre.session.inject(Hold(where=TO_BOB))
    theatre.session.inject(Respond(where=TO_BOB))
    await theatre.say(b"0")
    assert (len(faults), len(held.held)) == (2, 1)
    theatre.session.repair()
    assert len(faults) == 0
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0"]
