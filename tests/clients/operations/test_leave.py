"""Leaving takes two: a proposal of the one who goes, a commit of one who stays."""

import pytest

from simulator.clients.events.events import Proposed, Removed
from simulator.clients.operations import Leave, Send, UpdateClient
from simulator.federation import Session
from simulator.mls.errors import NotAllowed
from tests.clients.agreement import members


async def test_leave(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await bob.perform(Leave(group))
    await session.settle()
    assert alice.events[-1] == Proposed(group, 1, bob.uri, "Remove")
    assert members(session, group) == ["alice/phone", "bob/phone"]
    with pytest.raises(NotAllowed, match="proposals to commit"):
        await alice.perform(Send(group, b"too early"))
    await alice.perform(UpdateClient(group))
    await session.settle()
    assert members(session, group) == ["alice/phone"]
    assert bob.events[-1] == Removed(group, 2, alice.uri)
