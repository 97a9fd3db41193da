"""Joining without a Welcome: a further client of a member, one that lost its state, and an outsider, who can't."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from simulator.clients.events.events import EpochChanged
from simulator.clients.home_provider import HomeProvider
from simulator.clients.operations import CreateGroup, ExternalJoin, Send
from simulator.clients.operations.external_join import fetch_snapshot
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing
from simulator.federation import Session
from simulator.services.commands import FetchJoinInfo
from simulator.services.refusal import Refusal
from simulator.services.results import GroupSnapshot
from tests.breaking import breaks
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


@dataclass
class OtherAnswers:
    """A client's home provider, whose answers are others."""

    home: HomeProvider
    change: Callable[[GroupSnapshot], GroupSnapshot]

    async def submit(self, outgoing: Outgoing) -> GroupSnapshot:
        return self.change(await self.home.submit(outgoing))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.home, name)


async def test_the_group_is_the_one_that_was_asked_for(session: Session, group: str) -> None:
    state = session.client("alice.phone").state
    other = await session.client("alice.phone").perform(CreateGroup())
    answer = await state.home.submit(state.write_as_client(FetchJoinInfo(other.encode()), "a.example"))
    state = replace(state, home=OtherAnswers(state.home, lambda _: answer))
    with breaks("ANSWER-GROUP"), pytest.raises(BadAnswer, match="answered about"):
        await fetch_snapshot(state, group)


async def test_the_proposals_that_wait_are_such(session: Session, group: str) -> None:
    state = session.client("alice.phone").state
    state = replace(
        state, home=OtherAnswers(state.home, lambda answer: replace(answer, proposals=(answer.group_info,)))
    )
    with breaks("ANSWER-PROPOSALS"), pytest.raises(BadAnswer, match="no PublicMessage"):
        await fetch_snapshot(state, group)


async def test_an_outsider(session: Session, group: str) -> None:
    with pytest.raises(Refusal) as refused:
        await session.client("carol").perform(ExternalJoin(group))
    assert refused.value.code in ("not_authorized", "not_a_member")
    assert members(session, group) == ["alice/phone", "bob/phone"]
