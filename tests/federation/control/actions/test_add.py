"""Inviting users."""

from simulator.federation.control.actions.add import Add
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.group import Group
from simulator.federation.control.operator import Operator


async def test_all_of_their_clients_are_members(operator: Operator, team: str) -> None:
    await Connect(from_="alice", to=("carol",)).run(operator)
    changed = await Add(by="alice", group=team, users=("carol",)).run(operator)
    assert changed.epoch == 2
    known = await Group(client="carol", group=team).run(operator)
    assert "mimi://c.example/d/carol/phone" in known.members.values()
