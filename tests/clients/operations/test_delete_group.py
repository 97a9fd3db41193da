"""Deleting removes everybody else and ends the group."""

import pytest

from simulator.clients.events.events import Removed
from simulator.clients.operations import DeleteGroup, Send
from simulator.federation import Session
from simulator.services.refusal import Refusal


async def test_delete(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await alice.perform(DeleteGroup(group))
    await session.settle()
    assert bob.events[-1] == Removed(group, 2, alice.uri)
    with pytest.raises(Refusal) as refused:
        await alice.perform(Send(group, b"?"))
    assert refused.value.code == "unknown_group"
