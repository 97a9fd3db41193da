"""An owner that tells two stories: whoever hears of the second one has the evidence."""

from dataclasses import replace

from simulator.clients.events.events import Equivocated, Recovered, Rejected
from simulator.clients.operations import AddUsers, CreateGroup, Send, UpdateClient
from simulator.federation import Session
from simulator.mls.framing.message import mls_message
from simulator.provider.adversary import tell, withhold
from tests.clients.agreement import members
from tests.clients.prepared import commit_of, update_of
from tests.federated import connected


async def _split(session: Session) -> str:
    """A group at epoch 2, to which bob and carol came by different commits of alice's; the owner is with bob's."""
    await connected(session, ("alice", "bob"), ("alice", "carol"))
    alice, bob, carol = (session.client(name) for name in ("alice", "bob", "carol"))
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (bob.user, carol.user)))
    await session.settle()
    to_bob, to_carol = [await alice.prepare(UpdateClient(group)) for _ in range(2)]
    await alice.submit(to_bob)
    withhold(session.provider("a"), "c.example")
    tell(session.provider("a"), group, update_of(to_carol), (carol.uri,))
    await session.settle()
    one, two = bob.groups[group], carol.groups[group]
    assert (one.epoch, two.epoch) == (2, 2)
    assert one.epoch_authenticator != two.epoch_authenticator
    tell(session.provider("a"), group, update_of(to_bob), (carol.uri,))
    tell(session.provider("a"), group, update_of(to_carol), (bob.uri,))
    return group


async def test_both_sides_notice_and_the_one_that_is_left_alone_comes_back(session: Session) -> None:
    group = await _split(session)
    await session.settle()
    alice, bob, carol = (session.client(name) for name in ("alice", "bob", "carol"))
    evidence = Equivocated(
        group, 1, f"a second commit for the same epoch, by {alice.uri}", ("RFC9420-14-EQUIVOCATION",)
    )
    assert evidence in bob.events
    assert evidence in carol.events
    assert Recovered(group, 3) in carol.events
    assert not [event for event in bob.events if isinstance(event, Recovered)], "bob is where the owner is"
    assert members(session, group) == ["alice/phone", "bob/phone", "carol/phone"]


async def test_the_same_commit_once_more_is_no_evidence(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    alice, bob = session.client("alice"), session.client("bob")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (bob.user,)))
    prepared = await alice.prepare(UpdateClient(group))
    await alice.submit(prepared)
    await alice.perform(Send(group, b"hello"))
    await session.settle()
    commit = commit_of(prepared)
    # the queue takes the same bytes once only, so the second copy differs where nobody looks: in the membership tag
    again = replace(commit, membership_tag=bytes(len(commit.membership_tag or b"")))
    tell(session.provider("a"), group, mls_message(again), (bob.uri,))
    await session.settle()
    assert isinstance(bob.events[-1], Rejected)
    assert bob.events[-1].rule == "wrong_epoch"
    assert bob.doubtful == ()
