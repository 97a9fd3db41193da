"""A Welcome that leads nowhere is reported and goes; the tree comes from the group's owner."""

from typing import Literal

import pytest

from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.adversary.odd_group import OddGroup
from simulator.clients.adversary.odd_psk import Psk
from simulator.clients.events.events import Joined, Rejected
from simulator.clients.joining import Invitation, open_invitation
from simulator.clients.operations import AddUsers, CreateGroup, RemoveUsers
from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.federation import Session
from simulator.mls.errors import MLSError
from simulator.mls.joining.welcome import Welcome
from simulator.net.faults import Corrupt, RequestMatch
from tests.breaking import breaks


async def test_the_tree_comes_from_the_owner(session: Session) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    group = await bob.perform(CreateGroup())
    before = len(session.recorder.exchanges)
    await bob.perform(AddUsers(group, (alice.user,)))
    await session.settle()
    asked = [e for e in session.recorder.exchanges[before:] if e.endpoint == "welcome_information"]
    assert [(e.sender, e.recipient, e.status) for e in asked] == [("a.example", "ds.b.example", 200)] * 2
    assert alice.events[-1] == Joined(group, 1)


async def test_a_group_that_follows_another_is_joined_with_the_secret_of_its_last_epoch(
    session: Session, group: str
) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await bob.perform(OddCommit(group, "re_initialize_group", successor="mimi://a.example/g/next"))
    await session.settle()
    successor = await alice.perform(OddGroup("mimi://a.example/g/next"))
    await alice.perform(OddCommit(successor, "add_users", users=(bob.user,), psks=(Psk(group),)))
    await session.settle()
    assert bob.events[-1] == Joined(successor, 1)
    assert bob.groups[successor].epoch_authenticator == alice.groups[successor].epoch_authenticator


async def test_a_tree_that_came_with_the_welcome_is_not_asked_for(session: Session) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    group = await bob.perform(CreateGroup())
    prepared = await bob.prepare(AddUsers(group, (alice.user,)))
    await bob.submit(prepared)
    welcome = decode(DSRequest, prepared.outgoing.body).body.welcomes[0].body
    assert isinstance(welcome, Welcome)
    before = len(session.recorder.exchanges)
    tree = bob.groups[group].public.ratchet_tree()
    invited = await open_invitation(alice.state, group, Invitation(welcome, tree), asked=False)
    assert invited.group.epoch_authenticator == bob.groups[group].epoch_authenticator
    with pytest.raises(MLSError):
        await open_invitation(alice.state, group, Invitation(welcome, tree[:-2]), asked=False)
    with breaks("MLS-WRONG-GROUP"), pytest.raises(MLSError, match="but was delivered for mimi://b"):
        await open_invitation(alice.state, "mimi://b.example/g/other", Invitation(welcome, tree), asked=False)
    assert len(session.recorder.exchanges) == before


async def test_a_welcome_that_comes_twice_is_for_no_key_package_any_more(session: Session, group: str) -> None:
    """The owner sends the Welcome once more in another envelope; the KeyPackage's private keys are gone by then."""
    from dataclasses import replace

    from simulator.codec import decode, encode
    from simulator.drafts.mimi_transport_00.messages.queueing import QueueingServiceRequest

    requests = [
        decode(QueueingServiceRequest, e.request)
        for e in session.recorder.exchanges
        if e.endpoint == "deliver_message" and e.recipient == "ds.b.example"
    ]
    (welcome,) = [request for request in requests if isinstance(request.signed.message.body, Welcome)]
    body = welcome.signed.message.body
    again = replace(
        welcome, signed=replace(welcome.signed, message=replace(welcome.signed.message, body=_longer(body)))
    )
    await session.send_raw("a", "b", "deliver_message", encode(session.sign_as("a", again)))
    await session.settle()
    event = session.client("bob").events[-1]
    assert isinstance(event, Rejected)
    assert event.rule == "no_matching_key_package"


def _longer(welcome):
    from dataclasses import replace

    return replace(welcome, encrypted_group_info=welcome.encrypted_group_info + b"\x00")


async def test_a_welcome_to_a_group_that_one_is_in_is_refused(session: Session, group: str) -> None:
    """bob was removed and added again, and the removal never reached it: what it has must not be replaced unasked
    (RFC 9420 12.4.3.1).
    """
    alice, bob, client_api = session.client("alice.phone"), session.client("bob"), session.provider("b").client_api
    bob.online = bob.recovers = False
    state = bob.groups[group]
    await alice.perform(RemoveUsers(group, (bob.user,)))
    await alice.perform(AddUsers(group, (bob.user,)))
    await session.settle()
    removal, _ = client_api.fetch(bob.uri)
    client_api.acknowledge(bob.uri, removal.number)
    before, bob.online = len(bob.events), True
    await session.settle()
    (event,) = bob.events[before:]
    assert isinstance(event, Rejected)
    assert (event.group, event.rule) == (group, "group_known")
    assert bob.groups[group] is state


@pytest.mark.parametrize(("part", "offset"), [("request", -17), ("request", 10), ("answer", -17)])
async def test_what_is_spoilt_on_the_way_is_asked_for_again(
    session: Session, group: str, part: Literal["request", "answer"], offset: int
) -> None:
    alice, carol = session.client("alice.phone"), session.client("carol")
    where = RequestMatch(endpoint="welcome_information", times=2)
    with session.inject(Corrupt(where=where, part=part, offset=offset)) as spoilt:
        await alice.perform(AddUsers(group, (carol.user,)))
        await session.settle()
        assert spoilt.hits == 2
    assert carol.events[-1] == Joined(group, 2)
