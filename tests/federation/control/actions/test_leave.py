"""Leaving."""

from simulator.federation.control.actions.group import Group
from simulator.federation.control.actions.leave import Leave
from simulator.federation.control.actions.update import Update
from simulator.federation.control.operator import Operator


async def test_the_next_commit_of_another_member_does_it(operator: Operator, team: str) -> None:
    assert (await Leave(by="bob", group=team).run(operator)).epoch == 1
    await Update(by="alice", group=team).run(operator)
    members = (await Group(client="alice", group=team).run(operator)).members
    assert list(members.values()) == ["mimi://a.example/d/alice/phone"]
