"""Several faults at once: a request passes through all that hit it, the oldest first."""

from simulator.net.faults import Corrupt, Delay, Duplicate, Hold, RequestMatch, Respond
from tests.net.faults.running_group import TO_BOB, RunningGroup
from tests.net.loopback import Echo, Loopback

URL = "https://ds.a.example/x"


async def test_in_the_order_of_injection(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    client = await loopback.client()
    faults = loopback.network.faults
    faults.inject(Duplicate(answer="last"))
    faults.inject(Corrupt(mask=1, offset=0))
    faults.inject(Delay(where=RequestMatch(endpoint="/other"), seconds=9))
    assert (await client.request("POST", URL, b"@")).body == b"A"
    assert [request.body for request in echo.requests] == [b"A", b"A"]
    assert loopback.recorder.exchanges[0].fault == "duplicate, corrupt, corrupt"
    assert loopback.recorder.exchanges[0].request == b"@", "what its sender sent"


async def test_one_that_answers_lets_none_pass_to_those_behind_it(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    client = await loopback.client()
    loopback.network.faults.inject(Respond(status=418))
    behind = loopback.network.faults.inject(Duplicate())
    assert (await client.request("POST", URL, b"@")).status == 418
    assert (echo.requests, behind.hits) == ([], 0)


async def test_repair_removes_all(running_group: RunningGroup) -> None:
    faults = running_group.session.network.faults
    held = running_group.session.inject(Hold(where=TO_BOB))
    running_group.session.inject(Respond(where=TO_BOB))
    await running_group.say(b"0")
    assert (len(faults), len(held.held)) == (2, 1)
    running_group.session.repair()
    assert len(faults) == 0
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0"]
