"""Connection requests that wait."""

from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.requests import Requests
from simulator.federation.control.operator import Operator


async def test_who_asks_is_told_as_far_as_it_is_known(operator: Operator) -> None:
    assert (await Requests(client="bob").run(operator)).requests == ()
    await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    (request,) = (await Requests(client="bob").run(operator)).requests
    assert request.provider == "a.example"
