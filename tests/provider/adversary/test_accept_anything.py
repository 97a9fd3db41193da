"""An owner that takes what it must not: the rules of [DS] are its own, those of RFC 9420 are everybody's."""

from collections.abc import AsyncIterator

import pytest

from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.events.events import EpochChanged, Proposed
from simulator.clients.operations import CreateGroup
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.provider.adversary import take_commit
from simulator.services.commands import GroupUpdate
from tests.federated import connected, federation


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation() as running:
        await connected(running, ("alice", "bob"), ("alice", "carol"))
        yield running


async def test_it_takes_a_commit_that_fits_no_operation(session: Session) -> None:
    alice, bob = session.client("alice"), session.client("bob")
    group = await alice.perform(CreateGroup())
    for odd in (
        OddCommit(group, "add_users", users=(bob.user,)),
        OddCommit(group, "add_users", made_up=("mimi://a.example/d/nobody/phone",)),
    ):
        update, welcomes, after = await odd.build(alice.state)
        take_commit(session.provider("a"), update, welcomes)
        alice.state.adopt(group, after)
        await session.settle()
    changed, proposed = bob.events[-2:]
    assert isinstance(changed, EpochChanged)
    assert changed.added == ("mimi://a.example/d/nobody/phone",)
    assert proposed == Proposed(group, 2, "a.example", "Remove"), "its own services find that nobody is called that"


async def test_not_what_is_no_commit(session: Session) -> None:
    alice = session.client("alice")
    group = await alice.perform(CreateGroup())
    message, _ = alice.groups[group].encrypt(b"hello", alice.state.rand)
    with pytest.raises(SimulatorError, match="PrivateMessage is no commit"):
        take_commit(session.provider("a"), GroupUpdate(message, (), b""))
