"""Who leaves a provider is proposed for removal in the groups that the provider owns, and elsewhere by its owner."""

from collections.abc import AsyncIterator

import pytest

from simulator.clients.events.events import Proposed
from simulator.clients.operations import AddClients, AddUsers, CreateGroup, Send, UpdateClient
from simulator.federation import Session
from simulator.services.refusal import Refusal
from tests.clients.agreement import members
from tests.federated import connected, federation


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation(laptop=True) as running:
        await connected(running, ("alice.phone", "bob"), ("alice.phone", "carol"))
        yield running


@pytest.fixture
async def group(session: Session) -> str:
    """A group at a.example of both of alice's clients, bob and carol."""
    alice = session.client("alice.phone")
    uri = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(uri, (session.user("bob").uri, session.user("carol").uri)))
    await alice.perform(AddClients(uri, (session.client("alice.laptop").uri,)))
    await session.settle()
    return uri


async def test_an_owners_client_is_proposed_at_once(session: Session, group: str) -> None:
    bob, laptop = session.client("bob"), session.client("alice.laptop")
    session.remove_client("alice.laptop")
    await session.settle()
    assert bob.events[-1] == Proposed(group, 2, "a.example", "Remove")
    await bob.perform(UpdateClient(group))
    await session.settle()
    assert [member.identity for member in bob.groups[group].public.members()] == [
        client.uri.encode() for client in (session.client("alice.phone"), bob, session.client("carol"))
    ]
    assert laptop.uri.encode() not in [member.identity for member in bob.groups[group].public.members()]


async def test_an_owners_client_is_proposed_again_when_a_delivery_finds_it_gone(session: Session, group: str) -> None:
    """Its removal was proposed when it went, but the epoch ended with a commit that left the proposal out."""
    alice, bob = session.client("alice.phone"), session.client("bob")
    bob.online = False
    unaware = await bob.prepare(UpdateClient(group))
    session.remove_client("alice.laptop")
    await bob.submit(unaware)
    bob.online = True
    await session.settle()
    assert alice.events[-1] == Proposed(group, 3, "a.example", "Remove")
    await alice.perform(UpdateClient(group))
    await session.settle()
    session.client("alice.laptop").lose_state(group)
    assert members(session, group) == ["alice/phone", "bob/phone", "carol/phone"]


async def test_a_guests_client_is_proposed_when_a_delivery_finds_it_gone(session: Session, group: str) -> None:
    alice = session.client("alice.phone")
    session.remove_user("carol")
    await session.settle()
    assert not any(isinstance(event, Proposed) for event in alice.events), "nobody has told the owner yet"
    await session.client("bob").perform(Send(group, b"?"))
    await session.settle()
    assert alice.events[-1] == Proposed(group, 2, "a.example", "Remove")
    await alice.perform(UpdateClient(group))
    await session.settle()
    session.client("carol").lose_state(group)
    assert members(session, group) == ["alice/phone", "bob/phone", "alice/laptop"]


async def test_the_account_is_gone_for_good(session: Session) -> None:
    session.remove_user("carol")
    with pytest.raises(Refusal) as refused:
        await session.client("alice.phone").request_connection("mimi://c.example/u/carol")
    assert refused.value.code == "unknown_user"
    for again in (lambda: session.remove_user("carol"), lambda: session.remove_client("carol")):
        with pytest.raises(Refusal, match="is not a"):
            again()
