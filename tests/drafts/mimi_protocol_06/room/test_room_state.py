import pytest

from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.room_state import clients_of, committed_state, room_state, user_of
from simulator.fuzzing.whole_group import WholeGroup
from simulator.mls.errors import InvalidGroupInfo, InvalidProposal
from simulator.mls.proposals.self_remove import SelfRemove
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import (
    ALICE,
    BOB,
    CATHY,
    DAVE,
    PHONES,
    ROOM,
    TABLETS,
    addition,
    change_list,
    removal,
    room,
    sent,
    state_of,
    update,
)
from tests.mls.extended import EXTENDED


def test_a_room_as_its_group_context_has_it() -> None:
    state = state_of(room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB]))
    assert [pair.user for pair in state.participants.participants] == [ALICE, BOB, CATHY]
    assert state.role_of(BOB).role_name == "ordinary_user"
    assert state.role_of(DAVE).role_name == "no_role"
    assert state.metadata.room_uri == ROOM
    assert state.users == {ALICE: 1, BOB: 2}
    assert clients_of(BOB, state) == (1, 2)
    assert state.takes_part(CATHY)
    assert not state.takes_part(DAVE)


def test_a_group_that_is_no_room() -> None:
    with breaks("P6-5-LIST-DATA"), pytest.raises(InvalidGroupInfo):
        committed_state(WholeGroup.of("alice", capabilities=EXTENDED).service, InvalidGroupInfo)


def test_what_is_queued_counts() -> None:
    whole = room()
    whole.propose(PHONES[BOB], SelfRemove())
    whole.propose(PHONES[BOB], change_list(removed=(1,)))
    whole.propose(PHONES[ALICE], addition(whole, TABLETS[ALICE]))
    whole.propose(PHONES[ALICE], update(ComponentID.roles_list, default_roles(is_open=True)))
    state = room_state(whole.service)
    assert not state.takes_part(BOB)
    assert state.users == {ALICE: 2, CATHY: 1}
    assert state.roles == default_roles(is_open=True)
    assert state.updated == {ComponentID.participant_list, ComponentID.roles_list}
    assert state_of(whole).takes_part(BOB)
    assert room_state(whole.service, []) == state_of(whole)


def test_updates_have_to_fit_into_one_commit_with_those_before() -> None:
    whole = room()
    state = state_of(whole).after(sent(whole, PHONES[ALICE], change_list(removed=(1,)), removal(whole, PHONES[BOB])))
    with breaks("P6-5-LIST-TOUCHED-ONCE"), pytest.raises(InvalidProposal):
        state.after(sent(whole, PHONES[CATHY], change_list(roles={1: 3})))


def test_a_banned_user_takes_no_part() -> None:
    state = state_of(room(participants={ALICE: 4, BOB: 1}))
    assert not state.takes_part(BOB)
    assert state.role_of(BOB).role_name == "banned"


def test_a_name_that_is_no_clients_is_a_user_of_its_own() -> None:
    assert user_of(PHONES[BOB]) == BOB
    assert user_of("service") == "service"
