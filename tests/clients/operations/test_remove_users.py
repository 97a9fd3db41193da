"""Removing a user removes all of its clients, who learn of it and of nothing after it."""

import pytest

from simulator.clients import NoSuchMember
from simulator.clients.events.events import Removed
from simulator.clients.operations import AddClients, RemoveUsers, Send
from simulator.federation import Session
from tests.clients.agreement import members


async def test_all_clients_of_a_user(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await alice.perform(AddClients(group, (session.client("alice.laptop").uri,)))
    await session.settle()
    await bob.perform(RemoveUsers(group, (alice.user,)))
    await session.settle()
    assert members(session, group) == ["bob/phone"]
    for client in session.user("alice").clients:
        assert client.events[-1] == Removed(group, 3, bob.uri)
    await bob.perform(Send(group, b"alone"))
    await session.settle()
    assert alice.inbox == ()


async def test_a_user_who_is_not_in_the_group(session: Session, group: str) -> None:
    with pytest.raises(NoSuchMember, match="carol is not in the group"):
        await session.client("alice.phone").perform(RemoveUsers(group, (session.user("carol").uri,)))
