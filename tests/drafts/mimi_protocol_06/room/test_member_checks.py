from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.member_checks import actor_of, check_room, member_doubts
from simulator.drafts.mimi_protocol_06.room.policy import Actor
from simulator.fuzzing.whole_group import NOW, WholeGroup
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.errors import InvalidCommit, InvalidWelcome
from simulator.mls.framing.framing import ExternalSender, MemberSender, NewMemberCommitSender
from simulator.mls.group import CommitBundle
from simulator.mls.proposals.self_remove import SelfRemove
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import (
    ALICE,
    BOB,
    CATHY,
    DAVE,
    HUB,
    PHONES,
    TABLETS,
    addition,
    change_list,
    removal,
    room,
)


def staged(whole: WholeGroup, bundle: CommitBundle) -> StagedCommit:
    return whole.service.stage_commit(bundle.message.body, NOW)


def test_members_reject_who_is_no_participant() -> None:
    whole = room()
    after = staged(whole, whole.prepare(PHONES[ALICE], addition(whole, PHONES[DAVE]))).group
    with breaks("P6-6-MEMBERS-LISTED"), pytest.raises(InvalidCommit, match=f"a client of {DAVE}") as refused:
        check_room(after, whole.service)
    assert refused.value.rule == "not_a_participant"
    with breaks("P6-6-MEMBERS-LISTED"), pytest.raises(InvalidWelcome):
        check_room(after, None, InvalidWelcome)
    check_room(whole.service, None)


def test_what_only_the_hub_forbids_is_noted() -> None:
    whole = room()
    commit = staged(whole, whole.prepare(PHONES[BOB], change_list(roles={1: 4})))
    check_room(commit.group, whole.service)
    (doubt,) = member_doubts(commit, whole.service)
    assert doubt.rule == "policy_violated"
    assert "lacks canChangeOwnRole" in doubt.reason
    assert doubt.rules == ("P6-6-OWN-ROLE/CAPABILITY", "P6-6-OWN-ROLE")


def test_nothing_is_noted_of_what_is_allowed() -> None:
    whole = room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB], PHONES[CATHY])
    whole.propose(PHONES[BOB], SelfRemove())
    whole.propose(PHONES[BOB], removal(whole, TABLETS[BOB]))
    whole.propose(PHONES[BOB], change_list(removed=(1,)))
    bundle = whole.prepare(PHONES[ALICE], change_list(added={DAVE: 2}), addition(whole, PHONES[DAVE]))
    assert member_doubts(staged(whole, bundle), whole.service) == ()


def test_what_was_queued_counts_for_what_came_later() -> None:
    whole = room(participants={ALICE: 4, BOB: 2, CATHY: 2, DAVE: 1})
    whole.propose(PHONES[ALICE], change_list(roles={1: 3}))
    whole.propose(PHONES[BOB], change_list(roles={3: 2}))
    commit = staged(whole, whole.prepare(PHONES[CATHY]))
    assert member_doubts(commit, whole.service) == ()


def test_each_sender_is_judged_by_its_own_role() -> None:
    whole = room()
    whole.propose(PHONES[BOB], change_list(roles={2: 1}))
    whole.propose(PHONES[BOB], removal(whole, PHONES[CATHY]))
    commit = staged(whole, whole.prepare(PHONES[ALICE]))
    (doubt,) = member_doubts(commit, whole.service)
    assert doubt.reason.startswith(PHONES[BOB])
    assert doubt.rules[0] == "P6-6-BAN/CAPABILITY"


def test_who_joins_externally_is_noted_too() -> None:
    whole = room(roles=default_roles(is_open=True))
    joining = staged(whole, whole.prepare_external(PHONES[DAVE], proposals=[change_list(added={DAVE: 2})]))
    assert member_doubts(joining, whole.service) == ()
    joining = staged(whole, whole.prepare_external(PHONES[DAVE], proposals=[change_list(added={DAVE: 3})]))
    (doubt,) = member_doubts(joining, whole.service)
    assert doubt.rules[0] == "P6-6-JOIN-UNLISTED"
    assert member_doubts(replace(joining, update_path=None), whole.service) == ()


def test_actors_are_members_and_external_senders() -> None:
    group = room().service
    assert actor_of(MemberSender(1), group) == Actor(PHONES[BOB])
    assert actor_of(ExternalSender(0), group) == Actor(HUB, is_server=True)
    for nobody in (MemberSender(9), ExternalSender(1), NewMemberCommitSender()):
        assert actor_of(nobody, group) is None
