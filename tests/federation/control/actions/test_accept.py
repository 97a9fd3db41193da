"""Agreeing to a connection."""

import pytest

from simulator.clients import NoRequest
from simulator.federation.control.actions.accept import Accept
from simulator.federation.control.actions.add import Add
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.create import Create
from simulator.federation.control.operator import Operator


async def test_it_connects(operator: Operator) -> None:
    answer = await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    await Accept(by="bob", group=answer.connections[0].group).run(operator)
    group = (await Create(by="alice").run(operator)).group
    await Add(by="alice", group=group, users=("bob",)).run(operator)


async def test_only_what_waits_can_be_agreed_to(operator: Operator, team: str) -> None:
    with pytest.raises(NoRequest, match="is not asked to join"):
        await Accept(by="bob", group=team).run(operator)
