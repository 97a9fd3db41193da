"""Asking for connections."""

from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.requests import Requests
from simulator.federation.control.operator import Operator


async def test_users_of_ours_agree(operator: Operator) -> None:
    answer = await Connect(from_="alice", to=("bob", "mimi://c.example/u/carol")).run(operator)
    assert [(c.user, c.accepted) for c in answer.connections] == [
        ("mimi://b.example/u/bob", True),
        ("mimi://c.example/u/carol", True),
    ]
    assert answer.connections[0].group in operator.client("bob").groups


async def test_unless_they_are_not_to(operator: Operator) -> None:
    answer = await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    assert not answer.connections[0].accepted
    waiting = await Requests(client="bob").run(operator)
    assert [request.group for request in waiting.requests] == [answer.connections[0].group]
