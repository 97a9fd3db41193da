"""Coming back where that is possible, stopping where it is not: what the owner says is compared with what we know."""

import pytest
import trio

from simulator.clients.adversary import WrongMembershipTag
from simulator.clients.client_state import NotAMember
from simulator.clients.events.events import Equivocated, Recovered, Stopped
from simulator.clients.operations import AddUsers, CreateGroup, RemoveUsers, Send, UpdateClient
from simulator.drafts.requests.template import Template
from simulator.federation import Session
from simulator.net import HTTPReply
from simulator.provider.adversary import Answering, tell, withhold
from tests.clients.agreement import members
from tests.clients.prepared import update_of


async def test_nothing_is_done_where_both_agree(session: Session, group: str) -> None:
    bob = session.client("bob")
    before, epoch = list(bob.events), bob.groups[group].epoch
    await bob.recover(group)
    assert (bob.events, bob.groups[group].epoch) == (before, epoch)


async def test_a_connection_group_stays_one(session: Session) -> None:
    """Who comes back brings the leaf extensions that its leaf had."""
    alice, bob = session.client("alice.phone"), session.client("bob")
    (connection, *_) = alice.groups
    await bob.perform(WrongMembershipTag(connection))
    await session.settle()
    assert Recovered(connection, 3) in alice.events
    assert len(members(session, connection)) == 2


async def test_who_was_removed_behind_its_back_stops(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await alice.perform(RemoveUsers(group, (bob.user,)))
    assert withhold(session.provider("a"), "b.example") == 1
    await bob.recover(group)
    (stopped,) = [event for event in bob.events if isinstance(event, Stopped)]
    assert (stopped.group, stopped.epoch) == (group, 1)
    assert "not_authorized" in stopped.reason or "removed without being told" in stopped.reason
    assert group not in bob.groups
    with pytest.raises(NotAMember):
        await bob.perform(Send(group, b"?"))


async def test_the_owners_own_contradiction_is_noticed(session: Session, group: str) -> None:
    """Bob alone is told another commit than the one that the owner has accepted; he is asked to compare."""
    alice, bob = session.client("alice.phone"), session.client("bob")
    told = await alice.prepare(UpdateClient(group))
    await alice.perform(UpdateClient(group))
    withhold(session.provider("a"), "b.example")
    tell(session.provider("a"), group, update_of(told), (bob.uri,))
    await session.settle()
    assert bob.groups[group].epoch == alice.groups[group].epoch == 2
    assert bob.groups[group].epoch_authenticator != alice.groups[group].epoch_authenticator
    await bob.recover(group)
    await session.settle()
    assert bob.events[-2:] == [
        Equivocated(
            group, 1, "the GroupInfo that the hub has for epoch 2 contradicts ours", ("RFC9420-14-EQUIVOCATION",)
        ),
        Recovered(group, 3),
    ]
    assert members(session, group) == ["alice/phone", "bob/phone"]


async def test_an_owner_that_goes_back_in_time_is_left(session: Session, group: str) -> None:
    bob, provider = session.client("bob"), session.provider("a")
    old = provider.executor.do(lambda context: context.store.groups.get(group.encode()))
    assert old is not None
    await session.client("alice.phone").perform(UpdateClient(group))
    await session.settle()
    provider.executor.do(lambda context: context.store.groups.save(old))
    await bob.recover(group)
    assert bob.events[-1] == Stopped(group, 2, "its hub has gone back to epoch 1")
    assert group not in bob.groups


async def test_whoever_loses_the_race_tries_again_the_next_time(session: Session, group: str) -> None:
    alice, bob, carol = (session.client(name) for name in ("alice.phone", "bob", "carol"))
    await alice.perform(AddUsers(group, (carol.user,)))
    await session.settle()
    bob.recovers = carol.recovers = False
    await alice.perform(WrongMembershipTag(group))
    await session.settle()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(bob.recover, group)
        nursery.start_soon(carol.recover, group)
    assert len([client for client in (bob, carol) if client.doubtful]) <= 1
    bob.recovers = carol.recovers = True
    await session.settle()
    assert bob.doubtful == carol.doubtful == ()
    assert len(members(session, group)) == 3


async def test_nothing_is_doubtful_of_a_group_that_was_lost(session: Session, group: str) -> None:
    """It kept the client from reading anything, and from doing anything, for ever."""
    alice, bob, owner = session.client("alice.phone"), session.client("bob"), session.provider("a")
    await alice.perform(UpdateClient(group))
    withhold(owner, "b.example")
    owner.executor.interceptors.begin(Answering(Template("/external_commit_information"), lambda _: HTTPReply(503)))
    await alice.perform(Send(group, b"of an epoch that bob has not heard of"))
    await session.settle()
    assert bob.doubtful == (group,)
    bob.lose_state(group)
    assert bob.doubtful == ()
    owner.executor.interceptors.end()
    other = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(other, (bob.user,)))
    await session.rest()
    await bob.sync()
    assert other in bob.groups
