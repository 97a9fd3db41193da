"""Removing users."""

import pytest

from simulator.clients import NoSuchMember
from simulator.federation.control.actions.events import Events
from simulator.federation.control.actions.remove import Remove
from simulator.federation.control.operator import Operator


async def test_they_are_members_no_more(operator: Operator, team: str) -> None:
    await Events(client="bob").run(operator)  # he joins: later the Welcome would lead nowhere
    await Remove(by="alice", group=team, users=("bob",)).run(operator)
    told = await Events(client="bob").run(operator)
    assert told.events[-1]["event"] == "removed"
    with pytest.raises(NoSuchMember):
        await Remove(by="alice", group=team, users=("bob",)).run(operator)
