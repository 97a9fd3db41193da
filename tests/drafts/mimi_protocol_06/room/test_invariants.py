from collections.abc import Mapping
from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy, Bool
from simulator.drafts.mimi_protocol_06.room.invariants import check_invariants
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListData, UserRolePair
from simulator.drafts.mimi_protocol_06.room.roles import RoleData
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState
from simulator.mls.errors import InvalidCommit, InvalidGroupInfo
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import (
    ALICE,
    BOB,
    CATHY,
    DAVE,
    PHONES,
    TABLETS,
    USUAL,
    changed_role,
    room,
    state_of,
)

FIXED = BaseRoomPolicy(fixed_membership=Bool.true)
THREE = (PHONES[ALICE], PHONES[BOB], PHONES[CATHY])
NEVER_ADDING = RoleData(
    tuple(
        replace(role, role_capabilities=tuple(each for each in role.role_capabilities if each))
        for role in changed_role(2).roles
    )
)


def state(
    *clients: str,
    participants: Mapping[str, int] = USUAL,
    roles: RoleData | None = None,
    policy: BaseRoomPolicy | None = None,
) -> RoomState:
    """A room as nobody could have made it, perhaps."""
    usual = state_of(room(PHONES[ALICE]))
    listed = ParticipantListData(tuple(UserRolePair(user, role) for user, role in participants.items()))
    return replace(
        usual,
        committed=listed,
        participants=listed,
        clients=dict(enumerate(clients or THREE)),
        roles=roles or usual.roles,
        base_policy=policy or usual.base_policy,
    )


def test_a_usual_room() -> None:
    check_invariants(state(), state())
    check_invariants(state(PHONES[ALICE], PHONES[BOB], TABLETS[BOB]), None)
    check_invariants(state(PHONES[ALICE], policy=FIXED, roles=NEVER_ADDING), state(policy=FIXED))


@pytest.mark.parametrize(
    ("after", "rule"),
    [
        (state(*THREE, PHONES[DAVE]), "P6-6-MEMBERS-LISTED"),
        (state(*THREE, participants={**USUAL, CATHY: 1}), "P6-6-MEMBERS-LISTED"),
        (state(participants={**USUAL, DAVE: 9}), "P6-6-ROLE-DEFINED"),
        (state(participants={**USUAL, DAVE: 0}), "P6-6-ROLE-DEFINED"),
        (state(roles=changed_role(2, maximum_participants_constraint=1)), "P6-6-MOST-OF-A-ROLE/PARTICIPANTS"),
        (state(roles=changed_role(2, maximum_active_participants_constraint=1)), "P6-6-MOST-OF-A-ROLE/ACTIVE"),
        (state(policy=BaseRoomPolicy(max_clients=2)), "P6-6-MAX-CLIENTS"),
        (state(policy=BaseRoomPolicy(max_users=2)), "P6-6-MAX-USERS"),
        (state(PHONES[BOB], TABLETS[BOB], policy=BaseRoomPolicy(multi_device=Bool.false)), "P6-6-ONE-DEVICE"),
        (state(policy=FIXED), "P6-6-FIXED-MEMBERSHIP/ROLES"),
    ],
)
def test_what_no_room_is_like(after: RoomState, rule: str) -> None:
    with breaks(rule), pytest.raises(InvalidGroupInfo) as refused:
        check_invariants(after, None, InvalidGroupInfo)
    expected = "not_a_participant" if rule == "P6-6-MEMBERS-LISTED" else "participant_list_invalid"
    assert refused.value.rule == expected


def test_just_as_many_as_there_may_be() -> None:
    limits = BaseRoomPolicy(max_clients=3, max_users=3)
    roles = changed_role(2, maximum_participants_constraint=2, maximum_active_participants_constraint=2)
    check_invariants(state(policy=limits, roles=roles), None)
    check_invariants(state(participants={**USUAL, DAVE: 1}, policy=limits, roles=roles), None)


def test_fixed_participants_stay_and_only_their_roles_change() -> None:
    before = state(policy=FIXED, roles=NEVER_ADDING)
    check_invariants(state(policy=FIXED, roles=NEVER_ADDING, participants={**USUAL, BOB: 3}), before)
    for participants in ({**USUAL, DAVE: 2}, {ALICE: 4, BOB: 2, DAVE: 2}):
        after = state(PHONES[ALICE], policy=FIXED, roles=NEVER_ADDING, participants=participants)
        with breaks("P6-6-FIXED-MEMBERSHIP/LIST"), pytest.raises(InvalidCommit):
            check_invariants(after, before)
