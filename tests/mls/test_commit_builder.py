"""An own Commit: it changes nothing until it is adopted, and says what its options ask for."""

import pytest

from simulator.mls.errors import InvalidMessage, MLSError
from simulator.mls.framing import PrivateMessage, PublicMessage
from simulator.mls.proposals import ReInit, Remove
from tests.mls.frankenstein import commit_of
from tests.mls.room import NOW, Room, addition, removal

NAMES = ("alice", "bob", "carol")


def test_a_commit_that_is_never_accepted_has_no_effect() -> None:
    room = Room.of(*NAMES)
    before = room.groups["alice"].public.to_bytes()
    room.prepare("alice", removal(room, "bob"), addition(room, "dave"))
    assert room.groups["alice"].public.to_bytes() == before
    room.commit("bob")
    room.commit("alice")


def test_a_path_is_there_if_needed_or_asked_for() -> None:
    room = Room.of(*NAMES)
    assert commit_of(room.prepare("alice", addition(room, "dave")).message).path is None
    assert commit_of(room.prepare("alice", addition(room, "dave"), force_path=True).message).path is not None
    assert commit_of(room.prepare("alice").message).path is not None
    assert commit_of(room.prepare("alice", addition(room, "dave"), leaf_extensions=()).message).path is not None


def test_references_come_before_values_and_can_be_left_out() -> None:
    room = Room.of(*NAMES)
    room.propose("bob", addition(room, "dave"))
    both = room.prepare("alice", addition(room, "erin"))
    assert [member.identity for member in both.next.members()] == [b"alice", b"bob", b"carol", b"dave", b"erin"]
    without = room.prepare("alice", addition(room, "erin"), include_references=False)
    assert [member.identity for member in without.next.members()] == [b"alice", b"bob", b"carol", b"erin"]


def test_a_list_that_others_would_refuse_is_refused_at_once() -> None:
    room = Room.of(*NAMES)
    for proposals, rule in (
        ((Remove(0),), "remove_of_committer"),
        ((Remove(9),), "remove_of_blank"),
        ((addition(room, "bob"),), "duplicate_client"),
    ):
        with pytest.raises(MLSError) as caught:
            room.prepare("alice", *proposals)
        assert caught.value.rule == rule


def test_a_commit_goes_out_in_the_wire_format_asked_for() -> None:
    room = Room.of(*NAMES)
    assert isinstance(room.prepare("alice").message.body, PublicMessage)
    private = room.prepare("alice", private=True, authenticated_data=b"for the service").message.body
    assert isinstance(private, PrivateMessage)
    assert private.authenticated_data == b"for the service"


def test_the_group_info_is_that_of_the_next_epoch() -> None:
    room = Room.of(*NAMES)
    bundle = room.prepare("alice")
    info = bundle.group_info
    assert info.group_context == bundle.next.public.context
    assert bundle.next.public.check_group_info(info.extensions, info.signature, info.signer) == info


def test_who_can_not_send_can_not_commit() -> None:
    room = Room.of(*NAMES)
    removed = room.groups["bob"].process(room.prepare("alice", removal(room, "bob")).message, NOW).group
    with pytest.raises(InvalidMessage) as caught:
        removed.commit([], room.people["bob"].rand, NOW)
    assert caught.value.rule == "not_a_member"
    room.commit("alice", ReInit(b"next", 1, 1, ()))
    with pytest.raises(InvalidMessage) as caught:
        room.prepare("carol")
    assert caught.value.rule == "group_reinitialized"
