"""Adding clients brings further clients of users who are in the group."""

import pytest

from simulator.clients.operations import AddClients, CreateGroup
from simulator.federation import Session
from simulator.services.refusal import Refusal
from tests.clients.agreement import members
from tests.federated import federation


async def test_own_other_client(session: Session, group: str) -> None:
    await session.client("alice.phone").perform(AddClients(group, (session.client("alice.laptop").uri,)))
    await session.settle()
    assert members(session, group) == ["alice/phone", "bob/phone", "alice/laptop"]


async def test_a_client_of_a_user_who_is_not_in_the_group(session: Session, group: str) -> None:
    with pytest.raises(Refusal) as refused:
        await session.client("alice.phone").perform(AddClients(group, (session.client("carol").uri,)))
    assert (refused.value.code, refused.value.operation) == ("invalid_proposal", "add_clients")


async def test_where_key_packages_are_asked_for_by_user() -> None:
    async with federation(draft="mimi-protocol-06", laptop=True) as session:
        phone, laptop = session.client("alice.phone"), session.client("alice.laptop")
        room = await phone.perform(CreateGroup())
        await phone.perform(AddClients(room, (laptop.uri,)))
        await session.settle()
        assert members(session, room) == ["alice/phone", "alice/laptop"]
