"""The words for roles and settings, and what is proposed for them."""

from typing import Any

import pytest

from simulator.drafts.mimi_protocol_06.client.room_settings import room_change, settings_of
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy, Bool
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.errors import Misuse
from simulator.mls.proposals.proposals import Remove
from tests.drafts.mimi_protocol_06.rooms import (
    ALICE,
    BOB,
    CATHY,
    DAVE,
    PHONES,
    ROOM,
    TABLETS,
    change_list,
    changed_role,
    preauthorized,
    removal,
    room,
    sent,
    state_of,
    update,
)


@pytest.mark.parametrize(
    ("settings", "component", "value"),
    [
        ({"name": "Pub", "mood": "merry"}, ComponentID.room_metadata, RoomMetaData(ROOM, "Pub", room_mood="merry")),
        ({"open": True}, ComponentID.roles_list, default_roles(is_open=True)),
        (
            {"capabilities": {"super_admin": ["canChangeRoleDefinitions"]}},
            ComponentID.roles_list,
            changed_role(4, more=(0x0503,)),
        ),
        ({"withdrawn": {"ordinary_user": ["canAddParticipant"]}}, ComponentID.roles_list, changed_role(2, less=(0,))),
        (
            {"most": {"group_admin": 1}, "most_active": {"group_admin": 2}},
            ComponentID.roles_list,
            changed_role(3, maximum_participants_constraint=1, maximum_active_participants_constraint=2),
        ),
        (
            {"require_franking": True},
            ComponentID.base_room_policy,
            BaseRoomPolicy(policy_component_ids=(0x21, 0x25, 0x26)),
        ),
        ({"preauthorized": {DAVE: "group_admin"}}, ComponentID.preauth_list, preauthorized((DAVE, 3))),
        (
            {"max_users": 3, "max_clients": 5, "one_device": True, "fixed_membership": True},
            ComponentID.base_room_policy,
            BaseRoomPolicy(Bool.true, multi_device=Bool.false, max_clients=5, max_users=3),
        ),
    ],
)
def test_settings_are_components_that_change(settings: dict[str, Any], component: int, value: object) -> None:
    assert room_change(state_of(room()), {}, settings) == (update(component, value),)


def test_what_is_so_already_needs_no_proposal() -> None:
    state = state_of(room())
    assert room_change(state, {}, {"name": "Clubhouse", "open": False}) == ()
    assert settings_of(state).changed({}) == settings_of(state)


def test_roles_change_in_the_list_and_the_banned_go() -> None:
    whole = room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB], PHONES[CATHY])
    state = state_of(whole)
    assert room_change(state, {CATHY: "group_admin"}, {}) == (change_list(roles={2: 3}),)
    banned = room_change(state, {BOB: "banned"}, {})
    assert banned == (Remove(1), Remove(2), change_list(roles={1: 1}))
    going = state.after(sent(whole, PHONES[ALICE], removal(whole, TABLETS[BOB])))
    assert room_change(going, {BOB: "banned"}, {}) == (Remove(1), change_list(roles={1: 1}))


@pytest.mark.parametrize(
    ("roles", "settings", "words"),
    [
        ({DAVE: "banned"}, {}, "takes no part in the room"),
        ({BOB: "baned"}, {}, 'no role "baned" \\(did you mean "banned"'),
        ({}, {"nam": "Pub"}, 'no setting "nam" \\(did you mean "name"'),
        ({}, {"capabilities": {"admin": []}}, 'no role "admin"'),
        ({}, {"capabilities": {"banned": ["canSendMessages"]}}, 'no capability "canSendMessages" \\(did you mean'),
    ],
)
def test_words_that_a_room_does_not_know(roles: dict[str, str], settings: dict[str, Any], words: str) -> None:
    with pytest.raises(Misuse, match=words):
        room_change(state_of(room()), roles, settings)
