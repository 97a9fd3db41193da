"""Events name who did what: members by their client URI, providers by their name."""

from simulator.clients.events.events import EpochChanged, Proposed
from simulator.clients.operations import AddClients, ExternalJoin, Leave, UpdateClient
from simulator.federation import Session


async def test_commits_and_proposals_of_members(session: Session, group: str) -> None:
    alice, laptop, bob = session.client("alice.phone"), session.client("alice.laptop"), session.client("bob")
    await alice.perform(AddClients(group, (laptop.uri,)))
    await session.settle()
    assert bob.events[-1] == EpochChanged(group, 2, alice.uri, (laptop.uri,), ())
    await laptop.perform(Leave(group))
    await session.settle()
    assert bob.events[-1] == Proposed(group, 2, laptop.uri, "Remove")
    await bob.perform(UpdateClient(group))
    await session.settle()
    assert alice.events[-1] == EpochChanged(group, 3, bob.uri, (), (laptop.uri,))


async def test_who_comes_from_outside_is_unproven_unless_the_group_knows_its_key(session: Session, group: str) -> None:
    """A new client's name rests on its provider's word; one that comes back shows the key that it had."""
    alice, laptop, bob = session.client("alice.phone"), session.client("alice.laptop"), session.client("bob")
    await laptop.perform(ExternalJoin(group))
    await session.settle()
    assert bob.events[-1] == EpochChanged(group, 2, laptop.uri, (laptop.uri,), (), unproven=(laptop.uri,))
    laptop.lose_state(group)
    await laptop.perform(ExternalJoin(group))
    await session.settle()
    assert alice.events[-1] == EpochChanged(group, 3, laptop.uri, (laptop.uri,), (laptop.uri,), unproven=())
