"""A federation in which alice (two clients) is connected with bob and carol, and a group of alice.phone and bob."""

from collections.abc import AsyncIterator

import pytest

from simulator.clients.operations import AddUsers, CreateGroup
from simulator.drafts import DRAFTS
from simulator.federation import Session
from tests.federated import connected, federation


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation(laptop=True) as running:
        await connected(running, ("alice.phone", "bob"), ("alice.phone", "carol"))
        yield running


@pytest.fixture
async def group(session: Session) -> str:
    """The URI of the group."""
    alice = session.client("alice.phone")
    uri = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(uri, (session.user("bob").uri,)))
    await session.settle()
    return uri


@pytest.fixture
async def room() -> AsyncIterator[tuple[Session, str]]:
    """Another federation, in a draft in which messages refer to files; a group of alice, who has made it, bob and
    carol.
    """
    draft = next(draft.name for draft in DRAFTS if draft.attachments is not None)
    async with federation(draft=draft, mutual_tls=True) as running:
        await connected(running, ("alice", "bob"), ("alice", "carol"))
        alice = running.client("alice")
        uri = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(uri, (running.user("bob").uri, running.user("carol").uri)))
        await running.settle()
        yield running, uri
