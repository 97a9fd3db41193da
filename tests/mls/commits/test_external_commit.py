"""Joining by external Commit, anew or in place of an old self."""

from dataclasses import replace

import pytest

from simulator.fuzzing.whole_group import NOW, WholeGroup, addition, removal
from simulator.mls.errors import InvalidGroupInfo, MLSError
from simulator.mls.framing.framing import NewMemberCommitSender, PublicMessage
from simulator.mls.group import Group
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.proposals.proposals import ExternalInit, Remove
from tests.breaking import breaks
from tests.mls.frankenstein import commit_of

NAMES = ("alice", "bob", "carol")


def test_a_newcomer_joins_and_takes_part() -> None:
    whole = WholeGroup.of(*NAMES)
    bundle = whole.join_externally("dave")
    assert isinstance(bundle.message.body, PublicMessage)
    assert bundle.message.body.content.sender == NewMemberCommitSender()
    assert bundle.message.body.membership_tag is None
    whole.commit("dave", addition(whole, "erin"))
    whole.commit("alice", removal(whole, "dave"))


def test_joiners_go_in_one_after_the_other() -> None:
    whole = WholeGroup.of("alice")
    for name in ("bob", "carol", "dave", "erin"):
        whole.join_externally(name)
    assert [member.identity for member in whole.service.members()] == [b"alice", b"bob", b"carol", b"dave", b"erin"]


def test_an_old_self_is_replaced_where_there_is_one() -> None:
    whole = WholeGroup.of(*NAMES)
    old = whole.groups["bob"]
    bundle = whole.prepare_external("bob")
    assert [type(item.proposal) for item in commit_of(bundle.message).proposals] == [ExternalInit, Remove]
    assert old.process(bundle.message, NOW).removed_self
    whole.groups.pop("bob")
    whole.adopt("bob", bundle)
    assert len(whole.service.members()) == 3
    whole.commit("bob")


def test_without_resync_an_old_self_is_in_the_way() -> None:
    whole = WholeGroup.of(*NAMES)
    with pytest.raises(MLSError) as caught:
        whole.prepare_external("bob", resync=False)
    assert caught.value.rule == "duplicate_client"


@breaks("RFC9420-12.4.2-INVALID-CONFIRMATION-TAG")
def test_an_external_commit_with_the_wrong_init_secret_is_for_members_to_see() -> None:
    whole = WholeGroup.of(*NAMES)
    other = WholeGroup.of(*NAMES)
    other.commit("alice")
    dave = whole.person("dave")
    alice = whole.groups["alice"]
    info = replace(alice.group_info(), extensions=other.groups["alice"].group_info().extensions)
    info = replace(info, signature=alice.identity.sign(dave.suite, "GroupInfoTBS", group_info_tbs(info)))
    bundle = Group.external_join(info, whole.service.ratchet_tree(), dave.identity, dave.rand, NOW)
    assert isinstance(bundle.message.body, PublicMessage)
    whole.service.stage_commit(bundle.message.body, NOW)
    assert whole.refused_by_members(bundle.message) == {"invalid_confirmation_tag"}


@breaks("RFC9420-12.4.3.2-EXTERNAL-PUB-MISSING")
def test_a_group_info_without_external_pub_is_no_way_in() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    with pytest.raises(InvalidGroupInfo) as caught:
        Group.external_join(
            whole.groups["alice"].group_info(()), whole.service.ratchet_tree(), dave.identity, dave.rand, NOW
        )
    assert caught.value.rule == "external_pub_missing"


@breaks("RFC9420-6-WRONG-EPOCH/PUBLIC")
def test_one_external_join_per_group_info() -> None:
    whole = WholeGroup.of(*NAMES)
    late = whole.prepare_external("erin")
    whole.join_externally("dave")
    assert whole.refused(late.message) == "wrong_epoch"
