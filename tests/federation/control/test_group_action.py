"""Actions of one client in one group."""

import pytest

from simulator.clients import NotAMember
from simulator.federation.control.actions.update import Update
from simulator.federation.control.group_action import GroupAction
from simulator.federation.control.operator import Operator


async def test_the_epoch_after_it_is_told(operator: Operator, team: str) -> None:
    changed = await Update(by="bob", group=team).run(operator)
    assert (changed.group, changed.epoch) == (team, 2)


async def test_a_group_that_the_client_is_not_in(operator: Operator, team: str) -> None:
    with pytest.raises(NotAMember):
        await Update(by="carol", group=team).run(operator)


async def test_what_is_to_be_done_the_action_itself_says(operator: Operator) -> None:
    with pytest.raises(NotImplementedError):
        GroupAction(by="alice", group="g").operation(operator)
