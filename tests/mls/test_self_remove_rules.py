"""Leaving by SelfRemove: who may send it, how it is committed, by members and by newcomers."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.mls.commit import ProposalByReference
from simulator.mls.errors import InvalidProposal
from simulator.mls.framing import ExternalSender, PublicMessage
from simulator.mls.proposals import ExternalInit, Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.self_remove import SelfRemove
from tests.mls.extended import extended_room
from tests.mls.frankenstein import commit_of, forge, forge_commit, forge_external_commit
from tests.mls.room import NOW, SERVICE, Room, addition, external_senders, removal

NAMES = ("alice", "bob", "carol", "dave")


def references(room: Room) -> list[ProposalByReference]:
    """All proposals of the epoch by reference."""
    return [ProposalByReference(reference) for reference in room.service.proposals]


def test_somebody_else_commits_that_one_leaves() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    bob = room.groups["bob"]
    bundle = room.commit("alice")
    assert commit_of(bundle.message).path is not None
    assert sorted(room.groups) == ["alice", "carol", "dave"]
    assert bob.process(bundle.message, NOW).removed_self
    room.commit("carol", addition(room, "erin"))
    assert room.index("erin") == 1


def test_two_leave_at_once_and_a_third_is_removed() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    room.propose("dave", SelfRemove())
    room.commit("alice", removal(room, "carol"))
    assert list(room.groups) == ["alice"]


def test_nobody_commits_that_it_leaves_itself() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    room.propose("carol", SelfRemove())
    assert room.refused(forge_commit(room.groups["bob"], *references(room)), "bob") == "remove_of_committer"
    room.commit("bob")
    assert sorted(room.groups) == ["alice", "bob", "dave"]


def test_a_commit_that_somebody_leaves_has_a_path() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    assert room.refused(forge_commit(room.groups["alice"], *references(room)), "alice") == "path_missing"


def test_a_commit_does_not_carry_it_itself() -> None:
    room = extended_room(*NAMES)
    assert room.refused(forge_commit(room.groups["alice"], SelfRemove()), "alice") == "remove_of_committer"
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), [*honest.proposals, SelfRemove()], honest.path
    )
    assert room.refused(message) == "self_remove_by_value"


def test_it_is_sent_in_public() -> None:
    room = extended_room(*NAMES)
    alice = room.groups["alice"]
    with pytest.raises(InvalidProposal) as caught:
        alice.propose(SelfRemove(), room.people["alice"].rand, NOW, private=True)
    assert caught.value.rule == "self_remove_encrypted"


def test_one_says_so_once_in_an_epoch() -> None:
    room = extended_room(*NAMES)
    said = room.propose("bob", SelfRemove())
    again = forge(room.groups["bob"], SelfRemove(), authenticated_data=b"again")
    assert room.refused(again) == "duplicate_self_remove"
    room.deliver(said)
    room.deliver(forge(room.groups["carol"], SelfRemove()))
    assert len(room.service.proposals) == 2
    room.commit("alice", include_references=False, force_path=True)
    room.propose("bob", SelfRemove())


def test_no_external_sender_leaves() -> None:
    room = extended_room(*NAMES, extensions=(external_senders(SERVICE),))
    message = forge(room.groups["alice"], SelfRemove(), sender=ExternalSender(0), signer=SERVICE)
    assert room.refused(message) == "external_sender_proposal_type"


def test_one_leaf_goes_once() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    both = forge_commit(room.groups["alice"], *references(room), Remove(1))
    assert room.refused(both, "alice") == "duplicate_target"
    honest = commit_of(room.prepare_external("bob").message)
    resync = forge_external_commit(
        room.groups["alice"], room.person("bob"), [*honest.proposals, *references(room)], honest.path
    )
    assert room.refused(resync) == "duplicate_target"


def test_a_newcomer_takes_all_along_who_leave() -> None:
    room = extended_room(*NAMES)
    pending = [room.propose("bob", SelfRemove()), room.propose("carol", SelfRemove())]
    bundle = room.join_externally("erin", pending)
    assert [type(item) for item in commit_of(bundle.message).proposals[1:]] == [ProposalByReference] * 2
    assert sorted(room.groups) == ["alice", "dave", "erin"]
    assert room.index("erin") == 1
    room.commit("erin", addition(room, "frank"))


def test_a_newcomer_may_come_where_everybody_leaves() -> None:
    room = extended_room("alice", "bob")
    pending = [room.propose(name, SelfRemove()) for name in ("alice", "bob")]
    room.join_externally("erin", pending)
    assert [member.identity for member in room.service.members()] == [b"erin"]


def test_one_comes_back_though_its_old_self_leaves() -> None:
    room = extended_room(*NAMES)
    pending = [room.propose("bob", SelfRemove()), room.propose("carol", SelfRemove())]
    bundle = room.join_externally("bob", pending)
    first, *others = commit_of(bundle.message).proposals
    assert isinstance(getattr(first, "proposal", None), ExternalInit)
    assert {type(item) for item in others} == {ProposalByReference}
    assert sorted(room.groups) == ["alice", "bob", "dave"]


def test_a_newcomer_still_removes_nobody_else() -> None:
    room = extended_room(*NAMES)
    pending = [room.propose("bob", SelfRemove())]
    honest = commit_of(room.prepare_external("erin", pending).message)
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), [*honest.proposals, Remove(2)], honest.path
    )
    assert room.refused(message) == "external_commit_removes_other"


def test_a_newcomer_takes_nothing_else_along() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    room.propose("bob", removal(room, "carol"))
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), [*honest.proposals, *references(room)], honest.path
    )
    assert room.refused(message) == "external_commit_by_reference"


def test_a_newcomer_checks_all_but_the_membership_tag() -> None:
    room = extended_room(*NAMES)
    body = room.propose("bob", SelfRemove()).body
    assert isinstance(body, PublicMessage)
    info = room.groups["alice"].group_info()
    public = PublicGroup.from_group_info(info, room.service.ratchet_tree(), NOW)
    untagged = replace(body, membership_tag=b"unknown")
    assert encode(public.stage_proposal(untagged, NOW).group.context) == encode(room.service.context)
    forged = forge(room.groups["bob"], SelfRemove(), signer=room.people["carol"])
    assert room.refused(forged) == "invalid_signature"


def test_who_leaves_waits_in_storage() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    room.service = PublicGroup.from_bytes(room.service.to_bytes()).with_components(room.components)
    room.commit("carol")
    assert "bob" not in room.groups
