"""Whether a group that one is invited to really follows the one it names."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.fuzzing.whole_group import NOW, Person, WholeGroup
from simulator.mls.commits.succession import check_succession, succession_of
from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.errors import InvalidWelcome, MLSError
from simulator.mls.group import Group
from simulator.mls.key_schedule.psk import PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.member_state import PAST_EPOCHS
from simulator.mls.proposals.proposals import Add, PreSharedKey, Proposal, ReInit
from simulator.rules import KEEPS_NOTHING, enforced_by
from tests.breaking import breaks

NAMES = ("alice", "bob", "carol")


def follows(usage: ResumptionPSKUsage, epoch: int, nonce: int = 0, group_id: bytes = b"room") -> PreSharedKey:
    """The proposal that ties a new group to the old one."""
    return PreSharedKey(PreSharedKeyID(ResumptionPSK(usage, group_id, epoch), bytes([nonce]) * 32))


def refused(
    whole: WholeGroup,
    founder: Group,
    founder_rand: Any,
    *proposals: Proposal,
    groups: list[Group],
    psks: PSKStore | None = None,
) -> str:
    """By which rule carol does not join what `founder` invites her to."""
    carol = whole.people["carol"]
    known = psks or PSKStore(resumption=whole.groups["alice"].resumption_psks)
    bundle = founder.commit([Add(carol.key_package()), *proposals], founder_rand, NOW, psks=known, tree_in_welcome=True)
    with pytest.raises(MLSError) as caught:
        Group.join(bundle.welcomes[0].body, carol.bundles, carol.identity, groups=groups, psks=known)
    return caught.value.rule


def reinit_group(**announced: Any) -> WholeGroup:
    """A group that was reinitialized."""
    fields = {"group_id": b"next", "version": 1, "cipher_suite": 1, "extensions": (), **announced}
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", ReInit(**fields))
    return whole


@breaks("RFC9420-12.4.3.1-REINIT-MISMATCH/ANNOUNCED")
def test_a_new_group_is_the_one_announced() -> None:
    psk = follows(ResumptionPSKUsage.reinit, 2)
    for announced in ({"group_id": b"other"}, {"cipher_suite": 3}, {"version": 2}):
        whole = reinit_group(**announced)
        alice = whole.people["alice"]
        rule = refused(whole, alice.create(b"next"), alice.rand, psk, groups=[whole.groups["carol"]])
        assert rule == "reinit_mismatch"


@breaks("RFC9420-12.4.3.1-REINIT-MEMBERS")
def test_a_new_group_has_all_old_members() -> None:
    whole = reinit_group()
    alice = whole.people["alice"]
    psk = follows(ResumptionPSKUsage.reinit, 2)
    rule = refused(whole, alice.create(b"next"), alice.rand, psk, groups=[whole.groups["carol"]])
    assert rule == "reinit_members"


@breaks("RFC9420-12.4.3.1-REINIT-MISMATCH/ENDED")
def test_a_new_group_follows_the_last_epoch_of_a_reinitialized_one() -> None:
    whole = WholeGroup.of(*NAMES)
    alice, carol = whole.people["alice"], whole.groups["carol"]
    psk = follows(ResumptionPSKUsage.reinit, 1)
    assert refused(whole, alice.create(b"next"), alice.rand, psk, groups=[carol]) == "reinit_mismatch"
    whole = reinit_group()
    assert refused(whole, alice.create(b"next"), alice.rand, psk, groups=[whole.groups["carol"]]) == "reinit_mismatch"


@breaks("RFC9420-11.3-BRANCH-MEMBERS")
def test_a_branch_has_only_old_members() -> None:
    whole = WholeGroup.of(*NAMES)
    eve = Person("eve")
    psk = follows(ResumptionPSKUsage.branch, 1)
    rule = refused(whole, eve.create(b"branch"), eve.rand, psk, groups=[whole.groups["carol"]])
    assert rule == "branch_members"


@breaks("RFC9420-11.3-PREDECESSOR-UNKNOWN")
def test_the_members_of_the_old_epoch_must_be_remembered() -> None:
    """The PSK alone, kept from then, is not enough."""
    whole = WholeGroup.of(*NAMES)
    kept = PSKStore(resumption=whole.groups["alice"].resumption_psks)
    for _ in range(PAST_EPOCHS + 1):
        whole.commit("bob")
    alice = whole.people["alice"]
    psk = follows(ResumptionPSKUsage.branch, 1)
    rule = refused(whole, alice.create(b"branch"), alice.rand, psk, groups=[whole.groups["carol"]], psks=kept)
    assert rule == "predecessor_unknown"


@breaks("RFC9420-12.4.3.1-PREDECESSOR-UNKNOWN")
def test_a_predecessor_is_one_of_the_clients_own_groups() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.people["alice"]
    for usage in (ResumptionPSKUsage.branch, ResumptionPSKUsage.reinit):
        rule = refused(whole, alice.create(b"next"), alice.rand, follows(usage, 1), groups=[])
        assert rule == "predecessor_unknown"


@breaks("RFC9420-12.4.3.1-SEVERAL-PREDECESSORS")
def test_there_is_one_predecessor_at_most() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.people["alice"]
    psks = (follows(ResumptionPSKUsage.branch, 1), follows(ResumptionPSKUsage.branch, 1, nonce=1))
    rule = refused(whole, alice.create(b"next"), alice.rand, *psks, groups=[whole.groups["carol"]])
    assert rule == "several_predecessors"


def test_ordinary_psks_make_no_succession() -> None:
    application = follows(ResumptionPSKUsage.application, 1).psk
    branch = follows(ResumptionPSKUsage.branch, 1).psk
    assert succession_of([application, application]) is None
    assert succession_of([application, branch]) == branch.source


def check(whole: WholeGroup, new: Group, psk: PreSharedKey) -> str:
    """By which rule `new` can't follow carol's group."""
    with pytest.raises(InvalidWelcome) as caught:
        check_succession([psk.psk], new.public, {b"room": whole.groups["carol"].state})
    return caught.value.rule


@breaks("RFC9420-12.4.3.1-SUCCESSOR-EPOCH")
def test_one_joins_a_successor_in_its_first_epoch() -> None:
    whole, successor = WholeGroup.of(*NAMES), WholeGroup.of(*NAMES, group_id=b"next")
    psk = follows(ResumptionPSKUsage.branch, 1)
    check_succession([psk.psk], successor.service, {b"room": whole.groups["carol"].state})
    successor.commit("alice")
    assert check(whole, successor.groups["alice"], psk) == "successor_epoch"


@breaks("RFC9420-11.3-BRANCH-MISMATCH")
def test_a_branch_keeps_the_cipher_suite() -> None:
    whole, successor = WholeGroup.of(*NAMES), WholeGroup.of(*NAMES, suite=cipher_suite(3), group_id=b"next")
    assert check(whole, successor.groups["alice"], follows(ResumptionPSKUsage.branch, 1)) == "branch_mismatch"


def refused_branch(whole: WholeGroup, founder: Person, founded: Group) -> str:
    """By which rule carol does not join a branch whose founder minds no rule."""
    carol = whole.people["carol"]
    proposals = [Add(carol.key_package()), follows(ResumptionPSKUsage.branch, 1)]
    psks = PSKStore(resumption=whole.groups["alice"].resumption_psks)
    with enforced_by(KEEPS_NOTHING):
        bundle = founded.commit(proposals, founder.rand, NOW, psks=psks, tree_in_welcome=True)
    with pytest.raises(MLSError) as caught:
        Group.join(bundle.welcomes[0].body, carol.bundles, carol.identity, groups=[whole.groups["carol"]])
    return caught.value.rule


def test_a_welcome_to_a_branch_of_another_suite_or_version_is_refused_before_that() -> None:
    """So a client whose groups are all of the suite of its KeyPackages never gets as far."""
    whole = WholeGroup.of(*NAMES)
    other = Person("alice", cipher_suite(3))
    assert refused_branch(whole, other, other.create(b"branch")) == "wrong_cipher_suite"
    alice = whole.people["alice"]
    state = alice.create(b"branch").state
    context = replace(state.public.context, version=2)
    founded = Group(state.with_public(replace(state.public, context=context)))
    assert refused_branch(whole, alice, founded) == "wrong_version"
