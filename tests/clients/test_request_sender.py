"""A request without an answer: it may have been carried out or not, and its client finds out before it goes on."""

import pytest
import trio

from simulator.clients.events.events import Accepted, EpochChanged, Received, Refused
from simulator.clients.operations import Leave, Send, UpdateClient
from simulator.federation import Certificate, ProviderSpec, Session, Topology, open_session
from simulator.mls.errors import NotAllowed
from simulator.net import ConnectionLost, TLSRefused, TransportError
from simulator.net.faults import DropAnswer, DropRequest, Hold, Partition, RequestMatch, Respond
from simulator.services.limits.rate_limit import Limit
from simulator.services.refusal import Refusal
from tests.clients.agreement import members
from tests.federated import NOW, connected

EVERYBODY = ["alice/phone", "bob/phone"]


def at(operation: str) -> RequestMatch:
    """The first such request of bob's."""
    return RequestMatch(sender="b.example", operation=(operation,), times=1)


@pytest.mark.parametrize("fault", [DropAnswer, DropRequest])
async def test_a_commit_is_repeated_until_there_is_an_answer(session: Session, group: str, fault: type) -> None:
    bob = session.client("bob")
    before = bob.groups[group].epoch
    with session.inject(fault(where=at("update_client"))), pytest.raises(ConnectionLost):
        await bob.perform(UpdateClient(group))
    assert [prepared.outgoing.operation for prepared in bob.unanswered] == ["update_client"]
    assert bob.unsure_of == (bob.unanswered[0].group,)
    assert bob.groups[group].epoch == before
    await session.settle()
    assert Accepted(group, "update_client") in bob.events
    assert bob.unanswered == ()
    assert bob.groups[group].epoch == before + 1
    assert members(session, group) == EVERYBODY


async def test_a_commit_that_never_arrived_may_have_lost_by_then(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    with session.inject(DropRequest(where=at("update_client"))), pytest.raises(ConnectionLost):
        await bob.perform(UpdateClient(group))
    await alice.perform(UpdateClient(group))
    await session.settle()
    refused, changed = bob.events[-2:]
    assert isinstance(refused, Refused)
    assert "wrong_epoch" in refused.reason
    assert isinstance(changed, EpochChanged)
    assert changed.committer == alice.uri
    assert members(session, group) == EVERYBODY


@pytest.mark.parametrize("fault", [DropAnswer, DropRequest])
async def test_a_message_arrives_once(session: Session, group: str, fault: type) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    with session.inject(fault(where=at("send_message"))), pytest.raises(ConnectionLost):
        await bob.perform(Send(group, b"1"))
    await bob.perform(Send(group, b"2"))
    await session.settle()
    assert [received.data for received in alice.inbox] == [b"1", b"2"]
    assert Accepted(group, "send_message") in bob.events


async def test_whoever_acts_finds_out_first(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    with session.inject(DropAnswer(where=at("update_client"))), pytest.raises(ConnectionLost):
        await bob.perform(UpdateClient(group))
    await bob.perform(Send(group, b"in the new epoch"))
    assert Accepted(group, "update_client") in bob.events
    await session.settle()
    assert (alice.inbox[-1].data, alice.inbox[-1].epoch) == (b"in the new epoch", bob.groups[group].epoch)


async def test_nothing_is_done_in_a_group_in_doubt(session: Session, group: str) -> None:
    bob = session.client("bob")
    with session.inject(DropAnswer(where=at("self_remove_client"))), pytest.raises(ConnectionLost):
        await bob.perform(Leave(group))
    with session.inject(Partition(side=("b.example",))), pytest.raises(TransportError):
        await bob.perform(Send(group, b"?"))
    assert bob.unanswered
    with pytest.raises(NotAllowed, match="proposals_pending"):
        await bob.perform(Send(group, b"!"))
    assert bob.events[-1] == Accepted(group, "self_remove_client")


async def test_a_group_in_doubt_is_read_later_and_other_groups_now(session: Session, group: str) -> None:
    alice, bob, carol = session.client("alice.phone"), session.client("bob"), session.client("carol")
    await connected(session, ("carol", "bob"))
    with session.inject(DropAnswer(where=at("update_client"))), pytest.raises(ConnectionLost):
        await bob.perform(UpdateClient(group))
    with session.inject(Partition(side=("b.example",), others=("a.example",), one_way=True)):
        await alice.sync()
        await alice.perform(UpdateClient(group))
        await alice.perform(Send(group, b"three epochs on"))
        (between,) = set(bob.groups) & set(carol.groups)
        await carol.perform(Send(between, b"meanwhile"))
        before = len(bob.events)
        await session.settle()
        assert [type(event) for event in bob.events[before:]] == [Received]
        assert bob.inbox[-1].data == b"meanwhile"
        assert session.provider("b").queued(bob.uri) == 0, "the client has it"
    await session.settle()
    assert [type(event) for event in bob.events[before + 1 :]] == [Accepted, EpochChanged, Received]
    assert members(session, group) == EVERYBODY


async def test_a_request_that_is_under_way_leaves_its_group_in_doubt_too(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    done = session.inject(DropAnswer(where=at("update_client")))
    with pytest.raises(ConnectionLost):
        await bob.perform(UpdateClient(group))
    done.remove()
    await alice.sync()
    await alice.perform(UpdateClient(group))
    async with trio.open_nursery() as nursery:
        held = session.inject(Hold(where=at("update_client")))
        nursery.start_soon(bob.sync)
        await held.caught()
        before = len(bob.events)
        await session.settle()
        assert bob.events[before:] == []
        held.remove()
    await session.settle()
    assert [type(event) for event in bob.events[before:]] == [Accepted, EpochChanged]
    assert members(session, group) == EVERYBODY


async def test_a_request_that_certainly_did_not_arrive_is_not_repeated(session: Session, group: str) -> None:
    bob = session.client("bob")
    await session.present("a", Certificate.expired)
    with pytest.raises(TLSRefused):
        await bob.perform(UpdateClient(group))
    await session.present("a", Certificate.good)
    with session.inject(Partition(side=("b.example",))), pytest.raises(TransportError):
        await bob.perform(UpdateClient(group))
    assert bob.unanswered == ()


async def test_an_answer_that_is_none_leaves_it_open(session: Session, group: str) -> None:
    bob = session.client("bob")
    with session.inject(Respond(where=at("update_client"), status=503)), pytest.raises(Exception, match="503"):
        await bob.perform(UpdateClient(group))
    assert len(bob.unanswered) == 1


async def test_a_request_that_was_given_up_may_be_on_its_way(session: Session, group: str) -> None:
    bob = session.client("bob")
    held = session.inject(Hold(where=at("update_client")))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(bob.perform, UpdateClient(group))
        await held.caught()
        nursery.cancel_scope.cancel()
    assert len(bob.unanswered) == 1
    held.remove()
    await session.settle()
    assert members(session, group) == EVERYBODY


async def test_to_be_told_to_wait_is_no_answer() -> None:
    limit = {"member": Limit(burst=1, per_second=0.1)}
    topology = Topology(
        (
            ProviderSpec("a.example", {"alice": ("phone",)}, rate_limits=limit),
            ProviderSpec("b.example", {"bob": ("phone",)}),
        ),
        key_packages=2,
    )
    async with open_session(topology, seed=1, now=NOW) as session:
        await session.client("bob").request_connection(session.user("alice").uri)
        await session.settle()
        alice, bob = session.client("alice.phone"), session.client("bob")
        await alice.accept_connection(bob.user)
        group = await alice.request_connection(bob.user)
        await session.settle()
        await bob.accept_connection(alice.user)
        with session.inject(DropAnswer(where=at("update_client"))), pytest.raises(ConnectionLost):
            await bob.perform(UpdateClient(group))
        with pytest.raises(Refusal, match="rate_limited"):
            await bob.perform(UpdateClient(group))
        assert len(bob.unanswered) == 1
        session.advance(10)
        await session.settle()
        assert Accepted(group, "update_client") in bob.events
