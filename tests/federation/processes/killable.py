"""A small federation whose providers can be killed, each in its process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from simulator.clients.operations import AddUsers, CreateGroup
from simulator.federation import ProviderSpec, Topology
from simulator.federation.processes import open_killable_session
from simulator.federation.processes.killable_session import KillableSession
from tests.federated import NOW, connected


@asynccontextmanager
async def killable(*, in_file: bool = True, may_fail: bool = False, **changes: Any) -> AsyncIterator[KillableSession]:
    """alice at a.example and bob at b.example; at its end it must not have had a fault, unless it `may_fail`."""
    users = {"a.example": {"alice": ("phone",)}, "b.example": {"bob": ("phone",)}}
    providers = tuple(ProviderSpec(name, each, in_file=in_file) for name, each in users.items())
    async with open_killable_session(Topology(providers, **{"key_packages": 3, **changes}), seed=1, now=NOW) as session:
        yield session
        assert may_fail or session.faults == ()


async def group_of_both(session: KillableSession) -> str:
    """A group of alice's with bob."""
    await connected(session, ("alice", "bob"))
    alice = session.client("alice")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (session.user("bob").uri,)))
    await session.settle()
    return group
