"""What a member knows of its group."""

import pytest

from simulator.federation.control.actions.group import Group
from simulator.federation.control.operator import NotFound, Operator


async def test_members_and_epoch(operator: Operator, team: str) -> None:
    known = await Group(client="bob", group=team).run(operator)
    assert (known.hub, known.epoch, known.suite) == ("a.example", 1, 1)
    assert known.members == {0: "mimi://a.example/d/alice/phone", 1: "mimi://b.example/d/bob/phone"}


async def test_others_know_nothing(operator: Operator, team: str) -> None:
    with pytest.raises(NotFound, match="is not in the group"):
        await Group(client="carol", group=team).run(operator)
    with pytest.raises(NotFound) as found:
        await Group(client="bob", group=team[:-1]).run(operator)
    assert found.value.nearest == team
