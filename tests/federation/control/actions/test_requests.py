"""Connection requests that wait."""

from simulator.federation.control.actions.accept import Accept
from simulator.federation.control.actions.add import Add
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.create import Create
from simulator.federation.control.actions.ignore import Ignore
from simulator.federation.control.actions.requests import Requests
from simulator.federation.control.operator import Operator


async def test_who_asks_is_told_as_far_as_it_is_known(operator: Operator) -> None:
    assert (await Requests(client="bob").run(operator)).requests == ()
    await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    (request,) = (await Requests(client="bob").run(operator)).requests
    assert request.provider == "a.example"


async def test_who_asks_without_a_group_is_listed_and_answered_by_name(by_request: Operator) -> None:
    for answer in (Ignore(by="bob", from_="alice"), Accept(by="bob", from_="alice")):
        (asked,) = (await Connect(from_="alice", to=("bob",), accept=False).run(by_request)).connections
        assert (asked.group, asked.accepted) == (None, False)
        (request,) = (await Requests(client="bob").run(by_request)).requests
        assert (request.group, request.user, request.provider) == (None, "mimi://a.example/u/alice", "a.example")
        await answer.run(by_request)
        assert (await Requests(client="bob").run(by_request)).requests == ()
    group = (await Create(by="alice").run(by_request)).group
    await Add(by="alice", group=group, users=("bob",)).run(by_request)
