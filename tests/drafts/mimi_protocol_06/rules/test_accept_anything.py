"""A hub in league with whoever asks takes what MLS allows; from there everything goes the usual way."""

import pytest

from simulator.drafts.mimi_protocol_06.rules.accept_anything import take_commit, take_group
from simulator.errors import Misuse
from simulator.mls.errors import MLSError
from simulator.mls.proposals.proposals import Remove
from simulator.services.commands import GroupUpdate
from simulator.services.refusal import Code
from tests.drafts.mimi_protocol_06.hub import Hub, Member, brought, commit_request


def update_of(bundle: object) -> GroupUpdate:
    found: object = bundle
    return GroupUpdate(found.message, found.group_info.extensions, found.group_info.signature)


def test_it_takes_a_commit_that_roles_forbid(room: Hub) -> None:
    bob, cathy = room.member("bob.phone@b"), room.member("cathy.phone@c")
    bundle = bob.commit(Remove(cathy.leaf))
    with room.refusing("P6-6-REMOVE-CLIENT/ANOTHERS", Code.not_authorized):
        room.update(commit_request(bundle), bob)
    effects = room.do(lambda context: take_commit(update_of(bundle), bundle.welcomes, context))
    assert set(brought(effects)) == {"own", "b.example", "c.example"}
    assert room.record.public.epoch == bundle.next.epoch


def test_and_one_that_leaves_out_what_waits(room: Hub) -> None:
    alice, bob = room.member("alice.phone@a"), room.member("bob.phone@b")
    bundle = bob.commit(*room.adding(bob, room.member("dave.phone@d")))
    room.propose(alice, Remove(room.member("bob.tablet@b").leaf))
    effects = room.do(lambda context: take_commit(update_of(bundle), bundle.welcomes, context))
    assert "d.example" in brought(effects)
    assert room.facts.queue == ()


def test_not_what_mls_forbids(room: Hub) -> None:
    alice = room.member("alice.phone@a")
    early, late = (alice.commit() for _ in range(2))
    room.do(lambda context: take_commit(update_of(early), (), context))
    with pytest.raises(MLSError):
        room.do(lambda context: take_commit(update_of(late), (), context))
    said = GroupUpdate(alice.say(b"hello"), (), b"")
    with pytest.raises(Misuse, match="no commit"):
        room.do(lambda context: take_commit(said, (), context))


def test_it_takes_a_room_of_anybody(hub: Hub) -> None:
    eve = Member.of("mimi://a.example/d/eve/phone")
    eve.joined = hub.new_group(eve)
    (leaf,) = (member.leaf_node for member in eve.group.public.members())
    hub.do(lambda context: take_group(leaf, eve.group.group_info(), context))
    assert hub.state.takes_part(eve.user)
