"""Joining without an invitation."""

import pytest

from simulator.federation.control.actions.group import Group
from simulator.federation.control.actions.join import Join
from simulator.federation.control.operator import Operator
from simulator.services.refusal import Refusal


async def test_a_further_client_of_a_member(operator: Operator, team: str) -> None:
    assert (await Join(by="alice.laptop", group=team).run(operator)).epoch == 2
    members = (await Group(client="bob", group=team).run(operator)).members
    assert "mimi://a.example/d/alice/laptop" in members.values()


async def test_nobody_elses_client(operator: Operator, team: str) -> None:
    with pytest.raises(Refusal):
        await Join(by="carol", group=team).run(operator)
