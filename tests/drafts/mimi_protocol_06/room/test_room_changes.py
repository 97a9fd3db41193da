from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.participant_list import UserRolePair
from simulator.drafts.mimi_protocol_06.room.room_changes import RoleChange, RoomChanges, changes_in
from simulator.mls.proposals.self_remove import SelfRemove
from tests.drafts.mimi_protocol_06.rooms import (
    ALICE,
    BOB,
    CATHY,
    DAVE,
    PHONES,
    addition,
    change_list,
    removal,
    room,
    sent,
    state_of,
    update,
)


def test_what_proposals_of_all_kinds_change() -> None:
    whole = room()
    changes = changes_in(
        sent(
            whole,
            PHONES[ALICE],
            change_list(roles={2: 3}, removed=(1,), added={DAVE: 2}),
            addition(whole, PHONES[DAVE]),
            removal(whole, PHONES[BOB]),
            SelfRemove(),
            update(ComponentID.roles_list, default_roles()),
        ),
        state_of(whole),
    )
    assert changes == RoomChanges(
        added=(UserRolePair(DAVE, 2),),
        removed=(UserRolePair(BOB, 2),),
        changed=(RoleChange(CATHY, 2, 3),),
        added_clients=(PHONES[DAVE],),
        removed_clients=(PHONES[BOB], PHONES[ALICE]),
        replaced=frozenset({ComponentID.roles_list}),
    )


def test_nothing_changes_nothing() -> None:
    assert changes_in([], state_of(room())) == RoomChanges()
