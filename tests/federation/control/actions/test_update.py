"""New keys."""

from simulator.federation.control.actions.group import Group
from simulator.federation.control.actions.update import Update
from simulator.federation.control.operator import Operator


async def test_an_epoch_begins_for_all(operator: Operator, team: str) -> None:
    assert (await Update(by="alice", group=team).run(operator)).epoch == 2
    assert (await Group(client="bob", group=team).run(operator)).epoch == 2
