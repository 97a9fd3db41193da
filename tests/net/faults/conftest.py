"""A running federation with a group, to see what faults do to it."""

from collections.abc import AsyncIterator

import pytest

from simulator.clients.operations import AddUsers, CreateGroup
from simulator.federation import Session
from tests.federated import connected, federation
from tests.net.faults.running_group import RunningGroup


@pytest.fixture(params=[False], ids=["http1"])
async def session(request: pytest.FixtureRequest) -> AsyncIterator[Session]:
    async with federation(http2=request.param) as running:
        yield running


@pytest.fixture
async def running_group(session: Session) -> RunningGroup:
    """A group of alice's phone with bob and carol; a.example owns it."""
    await connected(session, ("alice", "bob"), ("alice", "carol"))
    group = await session.client("alice").perform(CreateGroup())
    await session.client("alice").perform(AddUsers(group, (session.user("bob").uri, session.user("carol").uri)))
    await session.settle()
    return RunningGroup(session, group)
