"""A commit that never comes is noticed by the next message that does."""

from simulator.clients.events.events import FellBehind, Recovered
from simulator.clients.operations import AddUsers, CreateGroup, Send, UpdateClient
from simulator.federation import Session
from simulator.provider.adversary import withhold
from tests.clients.agreement import members
from tests.federated import connected


async def test_the_gap_is_noticed_reported_and_closed(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    alice, bob = session.client("alice"), session.client("bob")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (bob.user,)))
    await session.settle()
    for _ in range(2):
        await alice.perform(UpdateClient(group))
    assert withhold(session.provider("a"), "b.example") == 2
    assert withhold(session.provider("a"), "b.example") == 0
    await session.settle()
    assert bob.groups[group].epoch == 1, "there is nothing to notice yet"
    await alice.perform(Send(group, b"lost"))
    await session.settle()
    assert bob.events[-2:] == [FellBehind(group, 1, 3), Recovered(group, 4)]
    assert members(session, group) == ["alice/phone", "bob/phone"]
    await alice.perform(Send(group, b"found"))
    await session.settle()
    assert [received.data for received in bob.inbox] == [b"found"]
