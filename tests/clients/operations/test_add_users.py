"""Adding users adds all of their clients, with one Welcome per provider that gains some."""

import pytest

from simulator.clients.operations import AddUsers
from simulator.federation import Session
from simulator.services.refusal import Refusal
from tests.clients.agreement import members


async def test_all_clients_of_all_users(session: Session, group: str) -> None:
    bob = session.client("bob")
    await session.client("alice.phone").perform(AddUsers(group, (session.user("carol").uri,)))
    await session.settle()
    assert members(session, group) == ["alice/phone", "bob/phone", "carol/phone"]
    assert bob.events[-1].added == (session.client("carol").uri,)


async def test_a_user_without_a_connection_can_not_be_added(session: Session, group: str) -> None:
    """bob and carol have no connection with each other."""
    with pytest.raises(Refusal, match="no connection") as refused:
        await session.client("bob").perform(AddUsers(group, (session.user("carol").uri,)))
    assert refused.value.code == "not_authorized"


async def test_a_user_who_is_in_already_is_refused(session: Session, group: str) -> None:
    with pytest.raises(Exception, match="duplicate_client"):
        await session.client("alice.phone").perform(AddUsers(group, (session.user("bob").uri,)))
