"""What the Delivery Service does with a group: rules 1, 2 and 5, storage, and the end of a group."""

from dataclasses import replace

import pytest

from simulator.codec import DecodeError, decode, encode
from simulator.fuzzing.whole_group import NOW, Person, WholeGroup, addition, removal
from simulator.mls.commits.commit import Commit, ProposalByReference
from simulator.mls.errors import InvalidGroupInfo, InvalidMessage
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.group import Group
from simulator.mls.proposals.proposals import ReInit, Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.remembered import nothing_remembered
from tests.breaking import breaks
from tests.mls.frankenstein import commit_of, forge, forge_commit

NAMES = ("alice", "bob", "carol")


def test_a_message_is_read_to_its_last_byte() -> None:
    whole = WholeGroup.of(*NAMES)
    data = encode(whole.prepare("alice").message)
    with pytest.raises(DecodeError):
        decode(MLSMessage, data + b"\0")
    with pytest.raises(DecodeError):
        decode(MLSMessage, data[:-1])


def test_vector_lengths_are_minimal() -> None:
    whole = WholeGroup.of(*NAMES)
    data = encode(whole.prepare("alice").message)
    group_id = b"\x04room"
    assert group_id in data
    with pytest.raises(DecodeError):
        decode(MLSMessage, data.replace(group_id, b"\x40" + group_id, 1))


@breaks("RFC9420-6-WRONG-WIRE-FORMAT")
def test_only_the_right_wire_format_is_a_group_message() -> None:
    whole = WholeGroup.of(*NAMES)
    bundle = whole.prepare("alice", addition(whole, "dave"))
    assert whole.refused_by_members(bundle.welcomes[0]) == {"wrong_wire_format"}


@breaks("RFC9420-6-WRONG-GROUP/PUBLIC")
def test_a_message_is_for_this_group() -> None:
    whole = WholeGroup.of(*NAMES)
    message = forge(whole.groups["alice"], removal(whole, "bob"), group_id=b"another whole")
    assert whole.refused(message) == "wrong_group"


@pytest.mark.parametrize("offset", [-1, 1])
def test_a_message_is_for_this_epoch(offset: int) -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    assert whole.refused(forge(alice, removal(whole, "bob"), epoch=alice.epoch + offset)) == "wrong_epoch"
    assert whole.refused(forge_commit(alice, removal(whole, "bob"), epoch=alice.epoch + offset)) == "wrong_epoch"


def test_of_two_commits_the_first_one_wins() -> None:
    whole = WholeGroup.of(*NAMES)
    late = whole.prepare("bob")
    whole.commit("alice")
    assert whole.refused(late.message, "bob") == "wrong_epoch"
    whole.commit("bob")


def test_a_changed_message_does_not_verify() -> None:
    whole = WholeGroup.of(*NAMES)
    message = whole.prepare("alice").message
    body = message.body
    assert isinstance(body, PublicMessage)
    altered = replace(body, content=replace(body.content, authenticated_data=b"changed"))
    assert whole.refused(replace(message, body=altered), "alice") == "invalid_signature"


@breaks("RFC9420-12.4-UNKNOWN-REFERENCE")
def test_references_resolve_within_their_epoch_only() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    assert whole.refused(forge_commit(alice, ProposalByReference(b"nothing"))) == "unknown_reference"
    whole.propose("bob", removal(whole, "carol"))
    (reference,) = whole.service.proposals
    whole.commit("alice", include_references=False)
    assert whole.service.proposals == {}
    assert whole.refused(forge_commit(whole.groups["alice"], ProposalByReference(reference))) == "unknown_reference"


def test_a_reference_covers_signature_and_wire_format() -> None:
    """The same proposal sent twice, or in the clear and encrypted, has different references (RFC 9420 5.2)."""
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    first = forge(alice, removal(whole, "bob"))
    again = forge(alice, removal(whole, "bob"), authenticated_data=b"again")
    whole.deliver(first)
    whole.deliver(again)
    assert len(whole.service.proposals) == 2
    (reference, _) = whole.service.proposals
    body = first.body
    assert isinstance(body, PublicMessage)
    assert reference != whole.service.suite.proposal_ref(encode(body.content))


def test_a_proposal_is_no_commit_and_the_other_way_round() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    proposal, commit = forge(alice, removal(whole, "bob")).body, forge_commit(alice).body
    assert isinstance(proposal, PublicMessage)
    assert isinstance(commit, PublicMessage)
    with breaks("RFC9420-6-NOT-A-COMMIT"), pytest.raises(InvalidMessage) as caught:
        whole.service.stage_commit(proposal, NOW)
    assert caught.value.rule == "not_a_commit"
    with breaks("RFC9420-6-NOT-A-PROPOSAL"), pytest.raises(InvalidMessage) as caught:
        whole.service.stage_proposal(commit, NOW)
    assert caught.value.rule == "not_a_proposal"


def test_the_service_knows_who_a_commit_changes() -> None:
    whole = WholeGroup.of("alice", "bob", "carol", "dave")
    whole.propose_update("bob")
    carol = whole.service.find(b"carol")
    bundle = whole.prepare("alice", removal(whole, "carol"), addition(whole, "erin"), addition(whole, "frank"))
    body = bundle.message.body
    assert isinstance(body, PublicMessage)
    staged = whole.service.stage_commit(body, NOW)
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
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("bob")
    whole.propose("carol", addition(whole, "dave"))
    stored = whole.service.to_bytes()
    whole.service = PublicGroup.from_bytes(stored)
    assert whole.service.to_bytes() == stored
    whole.commit("alice")
    assert sorted(whole.groups) == ["alice", "bob", "carol", "dave"]
    with pytest.raises(DecodeError):
        PublicGroup.from_bytes(stored[:-1])


@breaks("RFC9420-12.4.2-GROUP-REINITIALIZED")
def test_a_group_that_was_reinitialized_accepts_nothing() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", ReInit(b"next", 1, 1, ()))
    whole.service = PublicGroup.from_bytes(whole.service.to_bytes())
    alice = whole.groups["alice"]
    assert not alice.active
    assert whole.refused(forge(alice, Remove(1))) == "group_reinitialized"
    assert whole.refused(forge_commit(alice)) == "group_reinitialized"


def test_a_group_info_is_signed_by_a_member() -> None:
    whole = WholeGroup.of(*NAMES)
    info = whole.groups["bob"].group_info()
    assert whole.service.check_group_info(info.extensions, info.signature, info.signer) == info
    cases = [
        (info.extensions, info.signature, whole.index("carol"), "invalid_signature"),
        ((), info.signature, info.signer, "invalid_signature"),
        (info.extensions * 2, info.signature, info.signer, "duplicate_extension"),
        (info.extensions, info.signature, 3, "signer_blank"),
    ]
    for extensions, signature, signer, rule in cases:
        with pytest.raises(InvalidGroupInfo) as caught:
            whole.service.check_group_info(extensions, signature, signer)
        assert caught.value.rule == rule


def test_members_are_found_by_identity_and_leaf() -> None:
    whole = WholeGroup.of(*NAMES)
    bob = whole.service.find(b"bob")
    assert bob is not None
    assert whole.service.member(bob.leaf_index) == bob
    assert whole.service.find(Person("nobody").identity.name) is None
    assert whole.service.member(3) is None


def test_staging_leaves_the_old_epoch_as_it_was() -> None:
    whole = WholeGroup.of(*NAMES)
    before = whole.service.to_bytes()
    body = whole.prepare("alice", removal(whole, "bob"), addition(whole, "dave")).message.body
    assert isinstance(body, PublicMessage)
    whole.service.stage_commit(body, NOW)
    assert whole.service.to_bytes() == before
    assert isinstance(commit_of(whole.prepare("alice").message), Commit)


def test_members_who_follow_a_commit_go_on_in_one_and_the_same_group() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", addition(whole, "dave"))
    bob, carol = (whole.groups[name].public for name in ("bob", "carol"))
    assert bob is carol
    assert bob.tree == whole.groups["alice"].public.tree
    assert bob.members() == whole.groups["alice"].public.members()


def test_what_a_commit_makes_of_another_group_is_worked_out() -> None:
    whole = WholeGroup.of(*NAMES)
    bob = whole.groups["bob"]
    message = whole.prepare("alice").message
    once = bob.process(message, NOW).group.public
    assert bob.process(message, NOW).group.public is once
    assert bob.process(message, NOW + 1).group.public is not once
    other = Group(replace(bob.state, public=replace(bob.public, confirmation_tag=b"another")))
    assert other.process(message, NOW).group.public is not once
    with nothing_remembered():
        assert bob.process(message, NOW).group.public is not once
