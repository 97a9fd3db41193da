"""What a follower takes from the hub of a room, for which of its clients, and how often."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.rules.deliveries import (
    fanned_out_commit,
    fanned_out_message,
    fanned_out_proposals,
    fanned_out_welcome,
)
from simulator.mls.framing.framing import ContentType
from simulator.mls.framing.message import mls_message
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.services.accounts import key_packages
from simulator.services.refusal import Code
from tests.drafts.mimi_protocol_06.hub import GROUP, ROOM, Hub

PHONE, TABLET = "bob.phone@b", "bob.tablet@b"


@pytest.fixture
def follower() -> Iterator[Hub]:
    """b.example, where bob has two devices."""
    with closing(Hub(provider="b.example")) as made:
        for name in (PHONE, TABLET):
            made.member(name)
        yield made


@pytest.fixture
def member(follower: Hub) -> Hub:
    """The same with both devices in the room."""
    for name in (PHONE, TABLET):
        client = follower.member(name)
        follower.do(lambda context, client=client: context.store.own_members.add(GROUP.encode(), client.uri))
    return follower


def said(room: Hub, text: bytes = b"hello", timestamp: int = 7) -> FanoutMessage:
    return fanned_out_message(timestamp, room.member("alice.phone@a").say(text), None)


def queued(follower: Hub, name: str = PHONE) -> list[FanoutMessage]:
    waiting = follower.store.queues.pending(follower.member(name).uri)
    assert {each.sender for each in waiting} <= {"a.example"}
    return [decode(FanoutMessage, each.payload) for each in waiting]


def test_a_message_is_for_all_members(room: Hub, member: Hub) -> None:
    message = said(room)
    member.notify(message)
    assert queued(member) == queued(member, TABLET) == [message]


def test_a_body_has_one_message_or_more(room: Hub, member: Hub) -> None:
    messages = [said(room, text) for text in (b"one", b"two")]
    member.notify(*messages)
    assert queued(member) == messages
    with member.refusing("P6-2-BODY/FORM", Code.malformed):
        member.notify()


def test_only_the_hub_of_the_room_brings_anything(room: Hub, member: Hub) -> None:
    for other in ("b.example", "c.example"):
        with member.refusing("P6-4.4-HUB", Code.not_authorized):
            member.notify(said(room), sender=other)


def test_a_message_is_of_the_room(room: Hub, member: Hub) -> None:
    with member.refusing("P6-4.4-FORM/GROUP", Code.malformed):
        member.notify(said(room), room=f"{ROOM}s")


def test_what_is_not_fanned_out_is_not_taken(room: Hub, member: Hub) -> None:
    alice = room.member("alice.phone@a")
    private = replace(said(room).message.body, content_type=ContentType.commit)
    for message in (alice.key_package(), alice.group.group_info(), private):
        with member.refusing("P6-4.4-FORM/KIND", Code.malformed):
            member.notify(FanoutMessage(7, mls_message(message)))


def test_beside_a_handshake_come_proposals(room: Hub, member: Hub) -> None:
    alice = room.member("alice.phone@a")
    commit = alice.commit().message
    with member.refusing("P6-4.4-FORM/PROPOSALS", Code.malformed):
        member.notify(fanned_out_commit(7, commit, [commit]))


def test_of_a_body_all_is_queued_or_nothing(room: Hub, member: Hub) -> None:
    alice = room.member("alice.phone@a")
    with member.refusing("P6-4.4-FORM/KIND", Code.malformed):
        member.notify(said(room), FanoutMessage(7, mls_message(alice.key_package())))


def test_the_same_body_again_does_nothing(room: Hub, member: Hub) -> None:
    message = said(room)
    member.notify(message)
    member.do(lambda context: context.store.own_members.remove(GROUP.encode(), member.member(PHONE).uri))
    before = member.store.fingerprint()
    member.notify(message)
    assert member.store.fingerprint() == before


def test_the_same_message_in_another_body_comes_once(room: Hub, member: Hub) -> None:
    one, two = said(room, b"one"), said(room, b"two")
    member.notify(one)
    member.notify(one, two)
    assert queued(member) == [one, two]
    member.notify(replace(one, timestamp=8))
    assert len(queued(member)) == 3, "what the hub says of it is another thing"


def test_a_room_without_members_here_is_unknown(room: Hub, follower: Hub) -> None:
    with follower.refusing("P6-4.4-RECIPIENTS/MEMBER", Code.unknown_group):
        follower.notify(said(room))


def test_a_welcome_makes_members(room: Hub, follower: Hub) -> None:
    alice, phone = room.member("alice.phone@a"), follower.member(PHONE)
    bundle = alice.commit(*room.adding(alice, room.member("dave.phone@d")))
    strange = fanned_out_welcome(7, bundle.welcomes[0].body, bundle.next.public.ratchet_tree())
    with follower.refusing("P6-4.4-RECIPIENTS/WELCOME", Code.unknown_group):
        follower.notify(strange)
    follower.do(lambda context: key_packages.upload(phone.uri, [phone.key_package()], context))
    ours = replace(strange.message.body.secrets[0], new_member=phone.bundles[-1].reference)
    welcome = replace(strange.message.body, secrets=(*strange.message.body.secrets, ours))
    message = fanned_out_welcome(7, welcome, bundle.next.public.ratchet_tree())
    follower.notify(message, said(room))
    assert [type(each.message.body).__name__ for each in queued(follower)] == ["Welcome", "PrivateMessage"]
    assert queued(follower, TABLET) == []


def test_who_has_sent_it_does_not_get_it_back(room: Hub, member: Hub) -> None:
    bob = room.member(PHONE)
    proposals = bob.propose(SelfRemove())
    digest = sha256(encode(proposals[0])).digest()
    member.do(lambda context: context.store.submissions.add(digest, bob.uri, 0))
    member.notify(fanned_out_proposals(7, proposals))
    assert (queued(member), len(queued(member, TABLET))) == ([], 1)


def test_but_with_what_the_hub_proposes_anew(room: Hub, member: Hub) -> None:
    bob = room.member(PHONE)
    commit, proposals = bob.commit().message, bob.propose(SelfRemove())
    digest = sha256(encode(commit)).digest()
    member.do(lambda context: context.store.submissions.add(digest, bob.uri, 0))
    member.notify(fanned_out_commit(7, commit, proposals))
    assert len(queued(member)) == 1
