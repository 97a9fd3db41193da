"""Joining by external Commit, anew or in place of an old self."""

from dataclasses import replace

import pytest

from simulator.mls.errors import InvalidGroupInfo, MLSError
from simulator.mls.framing import NewMemberCommitSender, PublicMessage
from simulator.mls.group import Group
from simulator.mls.group_import import group_info_tbs
from simulator.mls.proposals import ExternalInit, Remove
from tests.mls.frankenstein import commit_of
from tests.mls.room import NOW, Room, addition, removal

NAMES = ("alice", "bob", "carol")


def test_a_newcomer_joins_and_takes_part() -> None:
    room = Room.of(*NAMES)
    bundle = room.join_externally("dave")
    assert isinstance(bundle.message.body, PublicMessage)
    assert bundle.message.body.content.sender == NewMemberCommitSender()
    assert bundle.message.body.membership_tag is None
    room.commit("dave", addition(room, "erin"))
    room.commit("alice", removal(room, "dave"))


def test_joiners_go_in_one_after_the_other() -> None:
    room = Room.of("alice")
    for name in ("bob", "carol", "dave", "erin"):
        room.join_externally(name)
    assert [member.identity for member in room.service.members()] == [b"alice", b"bob", b"carol", b"dave", b"erin"]


def test_an_old_self_is_replaced_where_there_is_one() -> None:
    room = Room.of(*NAMES)
    old = room.groups["bob"]
    bundle = room.prepare_external("bob")
    assert [type(item.proposal) for item in commit_of(bundle.message).proposals] == [ExternalInit, Remove]
    assert old.process(bundle.message, NOW).removed_self
    room.groups.pop("bob")
    room.adopt("bob", bundle)
    assert len(room.service.members()) == 3
    room.commit("bob")


def test_without_resync_an_old_self_is_in_the_way() -> None:
    room = Room.of(*NAMES)
    with pytest.raises(MLSError) as caught:
        room.prepare_external("bob", resync=False)
    assert caught.value.rule == "duplicate_client"


def test_an_external_commit_with_the_wrong_init_secret_is_for_members_to_see() -> None:
    room = Room.of(*NAMES)
    other = Room.of(*NAMES)
    other.commit("alice")
    dave = room.person("dave")
    alice = room.groups["alice"]
    info = replace(alice.group_info(), extensions=other.groups["alice"].group_info().extensions)
    info = replace(info, signature=alice.identity.sign(dave.suite, "GroupInfoTBS", group_info_tbs(info)))
    bundle = Group.external_join(info, room.service.ratchet_tree(), dave.identity, dave.rand, NOW)
    assert isinstance(bundle.message.body, PublicMessage)
    room.service.stage_commit(bundle.message.body, NOW)
    assert room.refused_by_members(bundle.message) == {"invalid_confirmation_tag"}


def test_a_group_info_without_external_pub_is_no_way_in() -> None:
    room = Room.of(*NAMES)
    dave = room.person("dave")
    with pytest.raises(InvalidGroupInfo) as caught:
        Group.external_join(
            room.groups["alice"].group_info(()), room.service.ratchet_tree(), dave.identity, dave.rand, NOW
        )
    assert caught.value.rule == "external_pub_missing"


def test_one_external_join_per_group_info() -> None:
    room = Room.of(*NAMES)
    late = room.prepare_external("erin")
    room.join_externally("dave")
    assert room.refused(late.message) == "wrong_epoch"
