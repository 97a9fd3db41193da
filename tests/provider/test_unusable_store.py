"""A provider whose store can't be used is down, or can't serve its own users: it says so; nobody else is touched."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation import Session, open_session
from simulator.federation.control.operator import Operator
from simulator.net import Unreachable
from simulator.net.faults import RequestMatch, Restart
from simulator.storage import StoreError
from tests.durability.failing_stores import FailingStores, Trouble
from tests.durability.story import topology
from tests.federated import NOW, connected


@pytest.fixture
def stores() -> FailingStores:
    """Those of a.example: its disk is full."""
    return FailingStores(lambda statement: Trouble.FULL if statement.provider == "a.example" else None)


@pytest.fixture
async def session(stores: FailingStores, tmp_path: Path) -> AsyncIterator[Session]:
    with stores.installed():
        async with open_session(topology(str(tmp_path)), seed=1, now=NOW) as running:
            yield running


def told(session: Session) -> dict[str, set[type]]:
    return {p.name: {type(fault) for fault in p.faults} for p in session.providers if p.faults}


async def team(session: Session) -> str:
    """bob's, of everybody."""
    await connected(session, ("bob", "alice"), ("bob", "carol"))
    bob = session.client("bob")
    group = await bob.perform(CreateGroup())
    await bob.perform(AddUsers(group, (session.user("alice").uri, session.user("carol").uri)))
    await session.settle()
    return group


async def test_a_start_that_fails_can_be_made_again(session: Session, stores: FailingStores) -> None:
    provider = session.provider("a")
    await session.crash("a")
    before = provider.fingerprint()
    with stores.failing():
        for _ in range(3):
            with pytest.raises(StoreError, match="the disk is full"):
                await session.start("a")
    assert not provider.is_up
    assert told(session) == {"a.example": {StoreError}}
    assert (provider.fingerprint(), provider.undelivered) == (before, ()), "what it holds can still be looked at"
    await session.start("a")
    assert provider.is_up
    assert provider.fingerprint() == before


async def test_who_asks_a_provider_that_can_not_come_up_again_finds_nobody(
    session: Session, stores: FailingStores
) -> None:
    group = await team(session)
    session.inject(Restart(where=RequestMatch(recipient="a.example", times=2)))
    with stores.failing():
        await session.client("bob").perform(Send(group, b"one"))
        await session.rest()
        with pytest.raises(Unreachable):
            await session.client("bob").request_connection(session.user("alice").uri)
    assert told(session) == {"a.example": {StoreError}}
    await session.start("a")
    session.advance(10)
    await session.settle()
    assert [received.data for received in session.client("alice.phone").inbox] == [b"one"]


async def test_others_settle_all_the_same(session: Session, stores: FailingStores) -> None:
    group = await team(session)
    await session.client("bob").perform(Send(group, b"one"))
    await session.rest()
    with stores.failing():
        await session.settle()
    assert [received.data for received in session.client("carol.phone").inbox] == [b"one"]
    assert session.client("alice.phone").inbox == ()
    assert told(session) == {"a.example": {StoreError}}
    await session.settle()
    assert [received.data for received in session.client("alice.phone").inbox] == [b"one"]


async def test_repair_starts_all_that_can_be_started(session: Session, stores: FailingStores) -> None:
    operator = Operator(session)
    for provider in session.providers:
        await session.crash(provider.name)
    with stores.failing(), pytest.raises(StoreError):
        await operator.repair(None)
    assert [provider.is_up for provider in session.providers] == [False, True, True]
    await operator.repair(None)
    assert session.provider("a").is_up
