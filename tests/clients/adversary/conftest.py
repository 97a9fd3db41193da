"""A group of alice.phone, bob and carol, in which alice will not play fair."""

import pytest

from simulator.clients.operations import AddUsers, CreateGroup
from simulator.federation import Session


@pytest.fixture
async def trio_group(session: Session) -> str:
    """The URI of the group, at epoch 1."""
    alice = session.client("alice.phone")
    uri = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(uri, (session.user("bob").uri, session.user("carol").uri)))
    await session.settle()
    return uri
