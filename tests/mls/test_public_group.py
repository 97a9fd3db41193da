"""What the Delivery Service does with a group: rules 1, 2 and 5, storage, and the end of a group."""

from dataclasses import replace

import pytest

from simulator.codec import DecodeError, decode, encode
from simulator.mls.commit import Commit, ProposalByReference
from simulator.mls.errors import InvalidGroupInfo, InvalidMessage
from simulator.mls.framing import PublicMessage
from simulator.mls.message import MLSMessage
from simulator.mls.proposals import ReInit, Remove
from simulator.mls.public_group import PublicGroup
from tests.mls.frankenstein import commit_of, forge, forge_commit
from tests.mls.room import NOW, Person, Room, addition, removal

NAMES = ("alice", "bob", "carol")


def test_a_message_is_read_to_its_last_byte() -> None:
    room = Room.of(*NAMES)
    data = encode(room.prepare("alice").message)
    with pytest.raises(DecodeError):
        decode(MLSMessage, data + b"\0")
    with pytest.raises(DecodeError):
        decode(MLSMessage, data[:-1])


def test_vector_lengths_are_minimal() -> None:
    room = Room.of(*NAMES)
    data = encode(room.prepare("alice").message)
    group_id = b"\x04room"
    assert group_id in data
    with pytest.raises(DecodeError):
        decode(MLSMessage, data.replace(group_id, b"\x40" + group_id, 1))


def test_only_the_right_wire_format_is_a_group_message() -> None:
    room = Room.of(*NAMES)
    bundle = room.prepare("alice", addition(room, "dave"))
    assert room.refused_by_members(bundle.welcomes[0]) == {"wrong_wire_format"}


def test_a_message_is_for_this_group() -> None:
    room = Room.of(*NAMES)
    message = forge(room.groups["alice"], removal(room, "bob"), group_id=b"another room")
    assert room.refused(message) == "wrong_group"


@pytest.mark.parametrize("offset", [-1, 1])
def test_a_message_is_for_this_epoch(offset: int) -> None:
    room = Room.of(*NAMES)
    alice = room.groups["alice"]
    assert room.refused(forge(alice, removal(room, "bob"), epoch=alice.epoch + offset)) == "wrong_epoch"
    assert room.refused(forge_commit(alice, removal(room, "bob"), epoch=alice.epoch + offset)) == "wrong_epoch"


def test_of_two_commits_the_first_one_wins() -> None:
    room = Room.of(*NAMES)
    late = room.prepare("bob")
    room.commit("alice")
    assert room.refused(late.message, "bob") == "wrong_epoch"
    room.commit("bob")


def test_a_changed_message_does_not_verify() -> None:
    room = Room.of(*NAMES)
    message = room.prepare("alice").message
    body = message.body
    assert isinstance(body, PublicMessage)
    altered = replace(body, content=replace(body.content, authenticated_data=b"changed"))
    assert room.refused(replace(message, body=altered), "alice") == "invalid_signature"


def test_references_resolve_within_their_epoch_only() -> None:
    room = Room.of(*NAMES)
    alice = room.groups["alice"]
    assert room.refused(forge_commit(alice, ProposalByReference(b"nothing"))) == "unknown_reference"
    room.propose("bob", removal(room, "carol"))
    (reference,) = room.service.proposals
    room.commit("alice", include_references=False)
    assert room.service.proposals == {}
    assert room.refused(forge_commit(room.groups["alice"], ProposalByReference(reference))) == "unknown_reference"


def test_a_reference_covers_signature_and_wire_format() -> None:
    """The same proposal sent twice, or in the clear and encrypted, has different references (RFC 9420 5.2)."""
    room = Room.of(*NAMES)
    alice = room.groups["alice"]
    first = forge(alice, removal(room, "bob"))
    again = forge(alice, removal(room, "bob"), authenticated_data=b"again")
    room.deliver(first)
    room.deliver(again)
    assert len(room.service.proposals) == 2
    (reference, _) = room.service.proposals
    body = first.body
    assert isinstance(body, PublicMessage)
    assert reference != room.service.suite.proposal_ref(encode(body.content))


def test_a_proposal_is_no_commit_and_the_other_way_round() -> None:
    room = Room.of(*NAMES)
    alice = room.groups["alice"]
    proposal, commit = forge(alice, removal(room, "bob")).body, forge_commit(alice).body
    assert isinstance(proposal, PublicMessage)
    assert isinstance(commit, PublicMessage)
    with pytest.raises(InvalidMessage) as caught:
        room.service.stage_commit(proposal, NOW)
    assert caught.value.rule == "not_a_commit"
    with pytest.raises(InvalidMessage) as caught:
        room.service.stage_proposal(commit, NOW)
    assert caught.value.rule == "not_a_proposal"


def test_the_service_knows_who_a_commit_changes() -> None:
    room = Room.of("alice", "bob", "carol", "dave")
    room.propose_update("bob")
    carol = room.service.find(b"carol")
    bundle = room.prepare("alice", removal(room, "carol"), addition(room, "erin"), addition(room, "frank"))
    body = bundle.message.body
    assert isinstance(body, PublicMessage)
    staged = room.service.stage_commit(body, NOW)
    assert [member.identity for member in staged.added] == [b"erin", b"frank"]
    assert [member.leaf_index for member in staged.added] == [2, 4]
    assert [member.key_package.leaf_node for member in staged.added if member.key_package] == [
        member.leaf_node for member in staged.added
    ]
    assert staged.removed == (carol,)
    assert [(member.identity, member.leaf_node) for member in staged.updated] == [(b"bob", staged.group.tree.leaf(1))]
    assert (staged.committer, staged.path, staged.reinit) == (0, True, None)
    assert [item.by_reference for item in staged.proposals] == [True, False, False, False]
    assert [member.identity for member in staged.group.members()] == [b"alice", b"bob", b"erin", b"dave", b"frank"]


def test_a_group_goes_through_storage_at_any_moment() -> None:
    room = Room.of(*NAMES)
    room.propose_update("bob")
    room.propose("carol", addition(room, "dave"))
    stored = room.service.to_bytes()
    room.service = PublicGroup.from_bytes(stored)
    assert room.service.to_bytes() == stored
    room.commit("alice")
    assert sorted(room.groups) == ["alice", "bob", "carol", "dave"]
    with pytest.raises(DecodeError):
        PublicGroup.from_bytes(stored[:-1])


def test_a_group_that_was_reinitialized_accepts_nothing() -> None:
    room = Room.of(*NAMES)
    room.commit("alice", ReInit(b"next", 1, 1, ()))
    room.service = PublicGroup.from_bytes(room.service.to_bytes())
    alice = room.groups["alice"]
    assert not alice.active
    assert room.refused(forge(alice, Remove(1))) == "group_reinitialized"
    assert room.refused(forge_commit(alice)) == "group_reinitialized"


def test_a_group_info_is_signed_by_a_member() -> None:
    room = Room.of(*NAMES)
    info = room.groups["bob"].group_info()
    assert room.service.check_group_info(info.extensions, info.signature, info.signer) == info
    cases = [
        (info.extensions, info.signature, room.index("carol"), "invalid_signature"),
        ((), info.signature, info.signer, "invalid_signature"),
        (info.extensions * 2, info.signature, info.signer, "duplicate_extension"),
        (info.extensions, info.signature, 3, "signer_blank"),
    ]
    for extensions, signature, signer, rule in cases:
        with pytest.raises(InvalidGroupInfo) as caught:
            room.service.check_group_info(extensions, signature, signer)
        assert caught.value.rule == rule


def test_members_are_found_by_identity_and_leaf() -> None:
    room = Room.of(*NAMES)
    bob = room.service.find(b"bob")
    assert bob is not None
    assert room.service.member(bob.leaf_index) == bob
    assert room.service.find(Person("nobody").identity.name) is None
    assert room.service.member(3) is None


def test_staging_leaves_the_old_epoch_as_it_was() -> None:
    room = Room.of(*NAMES)
    before = room.service.to_bytes()
    body = room.prepare("alice", removal(room, "bob"), addition(room, "dave")).message.body
    assert isinstance(body, PublicMessage)
    room.service.stage_commit(body, NOW)
    assert room.service.to_bytes() == before
    assert isinstance(commit_of(room.prepare("alice").message), Commit)
