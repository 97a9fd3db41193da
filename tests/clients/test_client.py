"""A client's connections, its queue, and what it makes of messages that it must not accept."""

from dataclasses import replace

import pytest

from simulator.clients import NoRequest, NotAMember
from simulator.clients.events.events import ConnectionRequested, EpochChanged, Joined, Rejected
from simulator.clients.operations import AddUsers, CreateGroup, RemoveUsers, Send, UpdateClient
from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType
from simulator.drafts.mimi_transport_00.rules.deliveries import delivery
from simulator.drafts.mls_profile import CONNECTION
from simulator.federation import Session
from simulator.net.faults import Hold, RequestMatch
from simulator.provider.interceptors import Interceptor
from simulator.services.provider_keys import sign_as_provider
from simulator.services.refusal import Refusal
from tests.breaking import breaks
from tests.clients.agreement import members
from tests.federated import federation


async def test_a_connection_is_usable_both_ways(session: Session) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    for adder, other in ((alice, bob), (bob, alice)):
        group = await adder.perform(CreateGroup())
        await adder.perform(AddUsers(group, (other.user,)))
        await session.settle()
        assert group in other.groups


async def test_a_client_is_idle_while_nothing_waits_for_it(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    assert (alice.is_idle, bob.is_idle) == (True, True)
    bob.online = False
    await alice.perform(Send(group, b"hello"))
    await session.rest()
    assert bob.is_idle
    bob.online = True
    assert (alice.is_idle, bob.is_idle) == (True, False)
    await session.settle()
    assert bob.is_idle


async def test_a_client_is_not_idle_while_its_provider_is_down_or_has_a_failpoint_or_misbehaves(
    session: Session,
) -> None:
    bob, b = session.client("bob"), session.provider("b")
    await session.settle()
    assert bob.is_idle
    honest = Interceptor()
    b.executor.interceptors.begin(honest)
    assert not bob.is_idle
    b.executor.interceptors.end(honest)
    usual, b.failpoints.crashes = b.failpoints.crashes, lambda point, operation: False
    assert not bob.is_idle
    b.failpoints.crashes = usual
    assert bob.is_idle
    await session.stop("b")
    assert not bob.is_idle


async def test_a_request_waits_until_it_is_answered() -> None:
    async with federation() as session:
        alice, bob = session.client("alice.phone"), session.client("bob")
        group = await alice.request_connection(bob.user)
        await session.settle()
        assert bob.events == [ConnectionRequested(group, "a.example")]
        assert bob.connection_requests == (group,)
        assert not [e for e in session.recorder.exchanges if e.endpoint == "welcome_information"]
        assert await bob.accept_connection(alice.user) == group
        assert bob.events[-1] == Joined(group, 1)
        assert bob.connection_requests == ()
        assert members(session, group) == ["alice/phone", "bob/phone"]


async def test_an_ignored_request_connects_nobody() -> None:
    async with federation() as session:
        alice, bob = session.client("alice.phone"), session.client("bob")
        await alice.request_connection(bob.user)
        await session.settle()
        bob.ignore_connection(alice.user)
        assert bob.connection_requests == ()
        group = await alice.perform(CreateGroup())
        with pytest.raises(Refusal) as refused:
            await alice.perform(AddUsers(group, (bob.user,)))
        assert refused.value.code == "not_authorized"


async def test_only_a_request_of_that_user_can_be_answered() -> None:
    async with federation() as session:
        alice, bob = session.client("alice.phone"), session.client("bob")
        await alice.request_connection(bob.user)
        await session.settle()
        for nobody in ("mimi://a.example/u/eve", "mimi://c.example/u/x"):
            with pytest.raises(NoRequest, match="has no connection request of"):
                await bob.accept_connection(nobody)
        with pytest.raises(NoRequest):
            bob.ignore_connection("mimi://c.example/u/carol")
        await bob.accept_connection(alice.user)


async def test_unknown_user_and_exhausted_key_packages() -> None:
    async with federation(key_packages=1, last_resort=False) as session:
        alice = session.client("alice.phone")
        with pytest.raises(Refusal) as refused:
            await alice.request_connection("mimi://b.example/u/nobody")
        assert refused.value.code == "unknown_user"
        assert alice.groups == {}, "who can't be asked leaves no group behind"
        bob = session.client("bob")
        await alice.request_connection(bob.user)
        with pytest.raises(Refusal) as refused:
            await alice.request_connection(bob.user)
        assert refused.value.code == "key_packages_exhausted"
        bob.publish(0, CONNECTION, last_resort=True)
        for _ in range(2):
            await alice.request_connection(bob.user)
        await session.settle()
        assert len(bob.connection_requests) == 3


async def test_a_group_that_moved_on_is_joined_at_the_epoch_of_the_welcome(session: Session, group: str) -> None:
    alice, carol = session.client("alice.phone"), session.client("carol")
    carol.online = False
    await alice.perform(AddUsers(group, (carol.user,)))
    await session.settle()
    for _ in range(2):
        await alice.perform(UpdateClient(group))
        await session.settle()
    carol.online = True
    await session.settle()
    assert carol.events[-3] == Joined(group, 2)
    assert [event.epoch for event in carol.events[-2:] if isinstance(event, EpochChanged)] == [3, 4]
    assert members(session, group) == ["alice/phone", "bob/phone", "carol/phone"]


async def test_lost_state_is_lost(session: Session, group: str) -> None:
    bob = session.client("bob")
    bob.lose_state(group)
    with pytest.raises(NotAMember):
        bob.lose_state(group)
    await session.client("alice.phone").perform(Send(group, b"?"))
    with breaks("MLS-NOT-A-MEMBER", bob.state):
        await session.settle()
    words = f"{bob.uri} is not in the group {group}"
    assert bob.events[-1] == Rejected(group, "not_a_member", words, ("MLS-NOT-A-MEMBER",))


async def test_a_message_that_members_must_reject_leaves_the_group_usable(session: Session, group: str) -> None:
    """The owner delivers a message with a byte of the ciphertext changed, and then the message itself."""
    alice, bob = session.client("alice.phone"), session.client("bob")
    prepared = await alice.prepare(Send(group, b"hello"))
    message = decode(DSRequest, prepared.outgoing.body).body.application_message
    ciphertext = message.body.ciphertext[:-1] + bytes([message.body.ciphertext[-1] ^ 1])
    altered = replace(message, body=replace(message.body, ciphertext=ciphertext))
    sign = session.provider("a").executor.do(sign_as_provider)
    due = delivery(QSRequestType.qs_deliver_message, group.encode(), (bob.uri,), altered)
    request = session.draft.write_delivery(due, sender="a.example", recipient="b.example", sign=sign)
    assert (await session.send_raw("a", "b", "deliver_message", request.body)).error is None
    await session.settle()
    rejected = bob.events[-1]
    assert isinstance(rejected, Rejected)
    assert rejected.rule == "aead"
    await alice.submit(prepared)
    await session.settle()
    assert [received.data for received in bob.inbox] == [b"hello"]


async def test_what_is_said_before_the_request_is_accepted_is_read_after_it() -> None:
    async with federation() as session:
        alice, bob = session.client("alice.phone"), session.client("bob")
        group = await alice.request_connection(bob.user)
        await alice.perform(Send(group, b"hello?"))
        await alice.perform(UpdateClient(group))
        await alice.perform(Send(group, b"anybody there?"))
        await session.settle()
        assert bob.events == [ConnectionRequested(group, "a.example")]
        await bob.accept_connection(alice.user)
        await session.settle()
        assert [received.data for received in bob.inbox] == [b"hello?", b"anybody there?"]
        assert members(session, group) == ["alice/phone", "bob/phone"]


async def test_what_is_said_to_who_ignores_it_is_not_heard() -> None:
    async with federation() as session:
        alice, bob = session.client("alice.phone"), session.client("bob")
        group = await alice.request_connection(bob.user)
        await alice.perform(Send(group, b"hello?"))
        await session.settle()
        bob.ignore_connection(alice.user)
        await session.settle()
        assert bob.events == [ConnectionRequested(group, "a.example")]


async def test_the_last_request_for_a_group_counts() -> None:
    """Bob is asked, removed before he has answered, and asked again."""
    async with federation() as session:
        alice, bob = session.client("alice.phone"), session.client("bob")
        group = await alice.request_connection(bob.user)
        await alice.perform(Send(group, b"not for the second"))
        await alice.perform(RemoveUsers(group, (bob.user,)))
        await alice.perform(AddUsers(group, (bob.user,)))
        await alice.perform(Send(group, b"for the second"))
        await session.settle()
        assert bob.connection_requests == (group,)
        await bob.accept_connection(alice.user)
        await session.settle()
        assert [received.data for received in bob.inbox] == [b"for the second"]


async def test_messages_that_own_commits_have_overtaken_are_read(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    with session.inject(Hold(where=RequestMatch(endpoint="deliver_message", recipient="b.example"))):
        await alice.perform(Send(group, b"late"))
        for _ in range(6):
            await bob.perform(UpdateClient(group))
        await session.settle()
        assert bob.inbox == ()
    await session.settle()
    assert [received.data for received in bob.inbox] == [b"late"]
    assert not any(isinstance(event, Rejected) for event in bob.events)
