"""Joining without an invitation."""

import pytest

from simulator.federation.control.actions.add import Add
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.create import Create
from simulator.federation.control.actions.group import Group
from simulator.federation.control.actions.join import Join
from simulator.federation.control.operator import NotFound, Operator
from simulator.services.refusal import Refusal
from tests.federated import federation


async def test_a_further_client_of_a_member() -> None:
    async with federation(laptop=True) as session:
        operator = Operator(session)
        await Connect(from_="alice.phone", to=("bob",)).run(operator)
        group = (await Create(by="alice.phone").run(operator)).group
        await Add(by="alice.phone", group=group, users=("bob",)).run(operator)
        assert (await Join(by="alice.laptop", group=group).run(operator)).epoch == 2
        members = (await Group(client="bob", group=group).run(operator)).members
        assert "mimi://a.example/d/alice/laptop" in members.values()


async def test_which_of_two_clients_has_to_be_said() -> None:
    async with federation(laptop=True) as session:
        with pytest.raises(NotFound, match=r"alice has 2 clients, .* say alice\.phone or alice\.laptop"):
            await Create(by="alice").run(Operator(session))


async def test_nobody_elses_client(operator: Operator, team: str) -> None:
    with pytest.raises(Refusal):
        await Join(by="carol", group=team).run(operator)
