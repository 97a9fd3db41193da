"""Joining without a Welcome: a further client of a member, one that lost its state, and an outsider, who can't."""

import pytest

from simulator.clients.events.events import EpochChanged
from simulator.clients.operations import ExternalJoin, Send
from simulator.federation import Session
from simulator.services.refusal import Refusal
from tests.clients.agreement import members


async def test_a_second_client(session: Session, group: str) -> None:
    laptop = session.client("alice.laptop")
    await laptop.perform(ExternalJoin(group))
    await session.settle()
    assert members(session, group) == ["alice/phone", "bob/phone", "alice/laptop"]
    assert session.client("bob").events[-1] == EpochChanged(group, 2, laptop.uri, (laptop.uri,), (), (laptop.uri,))


async def test_resync_after_state_loss(session: Session, group: str) -> None:
    bob = session.client("bob")
    bob.lose_state(group)
    await bob.perform(ExternalJoin(group))
    await session.settle()
    assert members(session, group) == ["alice/phone", "bob/phone"]
    assert session.client("alice.phone").events[-1] == EpochChanged(group, 2, bob.uri, (bob.uri,), (bob.uri,))
    await session.client("alice.phone").perform(Send(group, b"back"))
    await session.settle()
    assert [received.data for received in bob.inbox] == [b"back"]


async def test_an_outsider(session: Session, group: str) -> None:
    with pytest.raises(Refusal) as refused:
        await session.client("carol").perform(ExternalJoin(group))
    assert refused.value.code in ("not_authorized", "not_a_member")
    assert members(session, group) == ["alice/phone", "bob/phone"]
