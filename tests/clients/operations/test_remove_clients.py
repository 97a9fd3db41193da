"""A user removes clients of its own, and nobody else's."""

import pytest

from simulator.clients.operations import AddClients, RemoveClients
from simulator.federation import Session
from simulator.services.refusal import Refusal
from tests.clients.agreement import members


async def test_own_other_client(session: Session, group: str) -> None:
    alice, laptop = session.client("alice.phone"), session.client("alice.laptop")
    await alice.perform(AddClients(group, (laptop.uri,)))
    await session.settle()
    await laptop.perform(RemoveClients(group, (alice.uri,)))
    await session.settle()
    assert members(session, group) == ["bob/phone", "alice/laptop"]


async def test_somebody_elses_client(session: Session, group: str) -> None:
    with pytest.raises(Refusal) as refused:
        await session.client("alice.phone").perform(RemoveClients(group, (session.client("bob").uri,)))
    assert (refused.value.code, refused.value.operation) == ("invalid_proposal", "remove_clients")
    assert members(session, group) == ["alice/phone", "bob/phone"]
