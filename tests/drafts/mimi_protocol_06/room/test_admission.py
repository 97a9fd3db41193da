import pytest

from simulator.drafts.mimi_protocol_06.room.admission import (
    joining_role,
    judge_join,
    may_add,
    may_join,
    may_report,
    may_send,
    requires_franking,
)
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.fuzzing.whole_group import WholeGroup
from simulator.mls.proposals.proposals import Proposal
from simulator.services.refusal import Refusal
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import (
    ALICE,
    BOB,
    CATHY,
    DAVE,
    PHONES,
    TABLETS,
    addition,
    change_list,
    changed_role,
    preauthorized,
    removal,
    room,
    sent,
    state_of,
)

OPEN = default_roles(is_open=True)
MEMBERS_BY_PREAUTHORIZATION = changed_role(2, more=(5,))


def joins(whole: WholeGroup, client: str, *proposals: Proposal) -> None:
    """What an external commit brings by value comes from nobody in the group yet: any sender will do."""
    judge_join(client, sent(whole, PHONES[ALICE], *proposals), state_of(whole))


def refused(whole: WholeGroup, client: str, *proposals: Proposal) -> None:
    with pytest.raises(Refusal) as caught:
        joins(whole, client, *proposals)
    assert caught.value.code == "not_authorized"


def test_who_may_send_has_a_client_in_the_group_and_a_role_for_it() -> None:
    state = state_of(room(PHONES[ALICE], PHONES[BOB]))
    assert [user for user in (ALICE, BOB, CATHY, DAVE) if may_send(user, state)] == [ALICE, BOB]
    assert not may_send(BOB, state_of(room(roles=changed_role(2, less=(0x100,)))))


def test_a_room_requires_franking_if_that_is_one_of_its_policies() -> None:
    assert not requires_franking(state_of(room()))
    assert requires_franking(state_of(room(policy=BaseRoomPolicy(policy_component_ids=(0x21, 0x25)))))


def test_who_may_report_and_add_takes_part() -> None:
    state = state_of(room(PHONES[ALICE], participants={ALICE: 4, BOB: 1, CATHY: 2}))
    for may in (may_report, may_add):
        assert [user for user in (ALICE, BOB, CATHY, DAVE) if may(user, state)] == [ALICE, CATHY]
    assert not may_report(BOB, state_of(room(roles=changed_role(2, less=(0x103,)))))
    assert not may_add(BOB, state_of(room(roles=changed_role(2, less=(0,)))))


def test_clients_of_participants_may_join_but_for_the_banned() -> None:
    whole = room(PHONES[ALICE], participants={ALICE: 4, BOB: 1, CATHY: 2}, preauth=preauthorized((BOB, 2)))
    joins(whole, PHONES[CATHY])
    joins(whole, PHONES[ALICE], removal(whole, PHONES[ALICE]))
    with breaks("P6-6-JOIN-LISTED"):
        refused(whole, PHONES[BOB])
    assert [user for user in (ALICE, BOB, CATHY, DAVE) if may_join(PHONES[user], state_of(whole))] == [ALICE, CATHY]
    with breaks("P6-6-JOIN-LISTED"):
        refused(room(roles=changed_role(2, less=(2,))), PHONES[CATHY])


def test_anybody_may_join_an_open_room_as_what_it_is_open_for() -> None:
    whole = room(roles=OPEN)
    joins(whole, PHONES[DAVE], change_list(added={DAVE: 2}))
    assert may_join(PHONES[DAVE], state_of(whole))
    assert joining_role(PHONES[DAVE], state_of(whole)) == 2
    with breaks("P6-6-JOIN-UNLISTED"):
        refused(whole, PHONES[DAVE], change_list(added={DAVE: 3}))
    with breaks("P6-6-JOIN-UNLISTED"):
        refused(whole, PHONES[DAVE])


def test_nobody_may_join_a_closed_room() -> None:
    whole = room()
    with breaks("P6-6-JOIN-UNLISTED"):
        refused(whole, PHONES[DAVE], change_list(added={DAVE: 2}))
    assert not may_join(PHONES[DAVE], state_of(whole))
    assert joining_role(PHONES[DAVE], state_of(whole)) is None


@pytest.mark.parametrize("claimed", [DAVE, PHONES[DAVE]])
def test_the_preauthorized_may_join_in_their_role(claimed: str) -> None:
    whole = room(roles=MEMBERS_BY_PREAUTHORIZATION, preauth=preauthorized((claimed, 2)))
    joins(whole, PHONES[DAVE], change_list(added={DAVE: 2}))
    assert may_join(PHONES[DAVE], state_of(whole))
    assert joining_role(PHONES[DAVE], state_of(whole)) == 2
    with breaks("P6-6-JOIN-UNLISTED"):
        refused(whole, PHONES[DAVE], change_list(added={DAVE: 3}))
    without = room(preauth=preauthorized((claimed, 2)))
    assert not may_join(PHONES[DAVE], state_of(without))
    with breaks("P6-6-JOIN-UNLISTED"):
        refused(without, PHONES[DAVE], change_list(added={DAVE: 2}))


def test_who_joins_changes_nothing_else() -> None:
    whole = room(roles=OPEN)
    own = change_list(added={DAVE: 2})
    with breaks("P6-6-JOIN-ALONE"):
        refused(whole, PHONES[DAVE], change_list(added={DAVE: 2}, roles={1: 1}))
    with breaks("P6-6-JOIN-ALONE"):
        refused(whole, TABLETS[BOB], own)
    with breaks("P6-6-JOIN-ALONE"):
        refused(whole, TABLETS[BOB], addition(whole, PHONES[DAVE]))
