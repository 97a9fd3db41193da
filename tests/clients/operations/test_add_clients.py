"""Adding clients brings further clients of users who are in the group."""

import pytest

from simulator.clients.operations import AddClients
from simulator.federation import Session
from simulator.services.refusal import Refusal
from tests.clients.agreement import members


async def test_own_other_client(session: Session, group: str) -> None:
    await session.client("alice.phone").perform(AddClients(group, (session.client("alice.laptop").uri,)))
    await session.settle()
    assert members(session, group) == ["alice/phone", "bob/phone", "alice/laptop"]


async def test_a_client_of_a_user_who_is_not_in_the_group(session: Session, group: str) -> None:
    with pytest.raises(Refusal) as refused:
        await session.client("alice.phone").perform(AddClients(group, (session.client("carol").uri,)))
    assert (refused.value.code, refused.value.operation) == ("invalid_proposal", "add_clients")
