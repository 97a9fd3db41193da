"""Leaving by SelfRemove: who may send it, how it is committed, by members and by newcomers."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.fuzzing.whole_group import NOW, SERVICE, WholeGroup, addition, external_senders, removal
from simulator.mls.commits.commit import ProposalByReference
from simulator.mls.errors import InvalidProposal
from simulator.mls.framing.framing import ExternalSender, PublicMessage
from simulator.mls.proposals.proposals import ExternalInit, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from tests.breaking import breaks
from tests.mls.extended import extended_group
from tests.mls.frankenstein import commit_of, forge, forge_commit, forge_external_commit

NAMES = ("alice", "bob", "carol", "dave")


def references(whole: WholeGroup) -> list[ProposalByReference]:
    """All proposals of the epoch by reference."""
    return [ProposalByReference(reference) for reference in whole.service.proposals]


def test_somebody_else_commits_that_one_leaves() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    bob = whole.groups["bob"]
    bundle = whole.commit("alice")
    assert commit_of(bundle.message).path is not None
    assert sorted(whole.groups) == ["alice", "carol", "dave"]
    assert bob.process(bundle.message, NOW).removed_self
    whole.commit("carol", addition(whole, "erin"))
    assert whole.index("erin") == 1


def test_two_leave_at_once_and_a_third_is_removed() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    whole.propose("dave", SelfRemove())
    whole.commit("alice", removal(whole, "carol"))
    assert list(whole.groups) == ["alice"]


def test_nobody_commits_that_it_leaves_itself() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    whole.propose("carol", SelfRemove())
    assert whole.refused(forge_commit(whole.groups["bob"], *references(whole)), "bob") == "remove_of_committer"
    whole.commit("bob")
    assert sorted(whole.groups) == ["alice", "bob", "dave"]


def test_a_commit_that_somebody_leaves_has_a_path() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    assert whole.refused(forge_commit(whole.groups["alice"], *references(whole)), "alice") == "path_missing"


def test_a_commit_does_not_carry_it_itself() -> None:
    whole = extended_group(*NAMES)
    assert whole.refused(forge_commit(whole.groups["alice"], SelfRemove()), "alice") == "remove_of_committer"
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), [*honest.proposals, SelfRemove()], honest.path
    )
    with breaks("MLS-EXT-SELFREMOVE-SELF-REMOVE-BY-VALUE"):
        assert whole.refused(message) == "self_remove_by_value"


@breaks("MLS-EXT-SELFREMOVE-SELF-REMOVE-ENCRYPTED")
def test_it_is_sent_in_public() -> None:
    whole = extended_group(*NAMES)
    alice = whole.groups["alice"]
    with pytest.raises(InvalidProposal) as caught:
        alice.propose(SelfRemove(), whole.people["alice"].rand, NOW, private=True)
    assert caught.value.rule == "self_remove_encrypted"


@breaks("MLS-EXT-SELFREMOVE-DUPLICATE-SELF-REMOVE")
def test_one_says_so_once_in_an_epoch() -> None:
    whole = extended_group(*NAMES)
    said = whole.propose("bob", SelfRemove())
    again = forge(whole.groups["bob"], SelfRemove(), authenticated_data=b"again")
    assert whole.refused(again) == "duplicate_self_remove"
    whole.deliver(said)
    whole.deliver(forge(whole.groups["carol"], SelfRemove()))
    assert len(whole.service.proposals) == 2
    whole.commit("alice", include_references=False, force_path=True)
    whole.propose("bob", SelfRemove())


def test_no_external_sender_leaves() -> None:
    whole = extended_group(*NAMES, extensions=(external_senders(SERVICE),))
    message = forge(whole.groups["alice"], SelfRemove(), sender=ExternalSender(0), signer=SERVICE)
    assert whole.refused(message) == "external_sender_proposal_type"


def test_one_leaf_goes_once() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    both = forge_commit(whole.groups["alice"], *references(whole), Remove(1))
    assert whole.refused(both, "alice") == "duplicate_target"
    honest = commit_of(whole.prepare_external("bob").message)
    resync = forge_external_commit(
        whole.groups["alice"], whole.person("bob"), [*honest.proposals, *references(whole)], honest.path
    )
    with breaks("RFC9420-12.2-DUPLICATE-TARGET/EXTERNAL"):
        assert whole.refused(resync) == "duplicate_target"


def test_a_newcomer_takes_all_along_who_leave() -> None:
    whole = extended_group(*NAMES)
    pending = [whole.propose("bob", SelfRemove()), whole.propose("carol", SelfRemove())]
    bundle = whole.join_externally("erin", pending)
    assert [type(item) for item in commit_of(bundle.message).proposals[1:]] == [ProposalByReference] * 2
    assert sorted(whole.groups) == ["alice", "dave", "erin"]
    assert whole.index("erin") == 1
    whole.commit("erin", addition(whole, "frank"))


def test_a_newcomer_may_come_where_everybody_leaves() -> None:
    whole = extended_group("alice", "bob")
    pending = [whole.propose(name, SelfRemove()) for name in ("alice", "bob")]
    whole.join_externally("erin", pending)
    assert [member.identity for member in whole.service.members()] == [b"erin"]


def test_one_comes_back_though_its_old_self_leaves() -> None:
    whole = extended_group(*NAMES)
    pending = [whole.propose("bob", SelfRemove()), whole.propose("carol", SelfRemove())]
    bundle = whole.join_externally("bob", pending)
    first, *others = commit_of(bundle.message).proposals
    assert isinstance(getattr(first, "proposal", None), ExternalInit)
    assert {type(item) for item in others} == {ProposalByReference}
    assert sorted(whole.groups) == ["alice", "bob", "dave"]


def test_a_newcomer_still_removes_nobody_else() -> None:
    whole = extended_group(*NAMES)
    pending = [whole.propose("bob", SelfRemove())]
    honest = commit_of(whole.prepare_external("erin", pending).message)
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), [*honest.proposals, Remove(2)], honest.path
    )
    assert whole.refused(message) == "external_commit_removes_other"


def test_a_newcomer_takes_nothing_else_along() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    whole.propose("bob", removal(whole, "carol"))
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), [*honest.proposals, *references(whole)], honest.path
    )
    assert whole.refused(message) == "external_commit_by_reference"


def test_a_newcomer_checks_all_but_the_membership_tag() -> None:
    whole = extended_group(*NAMES)
    body = whole.propose("bob", SelfRemove()).body
    assert isinstance(body, PublicMessage)
    info = whole.groups["alice"].group_info()
    public = PublicGroup.from_group_info(info, whole.service.ratchet_tree(), NOW)
    untagged = replace(body, membership_tag=b"unknown")
    assert encode(public.stage_proposal(untagged, NOW).group.context) == encode(whole.service.context)
    forged = forge(whole.groups["bob"], SelfRemove(), signer=whole.people["carol"])
    assert whole.refused(forged) == "invalid_signature"


def test_who_leaves_waits_in_storage() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    whole.service = PublicGroup.from_bytes(whole.service.to_bytes()).with_components(whole.components)
    whole.commit("carol")
    assert "bob" not in whole.groups
