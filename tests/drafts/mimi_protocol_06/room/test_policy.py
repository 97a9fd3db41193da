"""Each row of the policy, and what breaks exactly it."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.metadata import RichDescription, RoomMetaData
from simulator.drafts.mimi_protocol_06.room.policy import Actor, judge
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData
from simulator.drafts.mimi_protocol_06.room.roles import SingleSourceRoleChangeTargets
from simulator.fuzzing.whole_group import WholeGroup
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.services.refusal import Refusal
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import (
    ALICE,
    BOB,
    CATHY,
    DAVE,
    HUB_ACTOR,
    PHONES,
    ROOM,
    TABLETS,
    addition,
    change_list,
    changed_role,
    phone_of,
    preauthorized,
    removal,
    room,
    sent,
    sent_by_hub,
    state_of,
    update,
)

METADATA = RoomMetaData(ROOM, "Clubhouse")


def allowed(whole: WholeGroup, user: str, *proposals: Proposal) -> None:
    judge(phone_of(user), sent(whole, PHONES[user], *proposals), state_of(whole))


def refused(whole: WholeGroup, user: str, *proposals: Proposal) -> str:
    with pytest.raises(Refusal) as caught:
        allowed(whole, user, *proposals)
    assert caught.value.code == "not_authorized"
    return str(caught.value)


def test_an_actor_has_the_role_of_its_user_or_for_a_server_its_preauthorized_one() -> None:
    state = state_of(room())
    assert phone_of(ALICE).role_in(state).role_name == "super_admin"
    assert phone_of(DAVE).role_in(state).role_name == "no_role"
    assert HUB_ACTOR.role_in(state).role_name == "policy_enforcer"
    assert Actor("mimi://b.example", is_server=True).role_in(state).role_capabilities == ()


def test_users_are_added_with_their_clients() -> None:
    whole = room()
    allowed(whole, BOB, change_list(added={DAVE: 2}), addition(whole, PHONES[DAVE]), addition(whole, TABLETS[DAVE]))
    with breaks("P6-6-ADD-PARTICIPANT/ROLE"):
        words = refused(whole, BOB, change_list(added={DAVE: 3}))
    assert words == (f"{PHONES[BOB]} (role 2) may not add {DAVE}: its role authorizes no change from role 0 to 3")
    weak = room(roles=changed_role(2, less=(0,)))
    with breaks("P6-6-ADD-PARTICIPANT/CAPABILITY"):
        words = refused(weak, BOB, change_list(added={DAVE: 2}))
    assert words.endswith("it lacks canAddParticipant")


def test_who_may_ban_may_add_the_banned() -> None:
    whole = room(roles=changed_role(3, less=(0,)), participants={ALICE: 4, BOB: 3})
    allowed(whole, BOB, change_list(added={DAVE: 1}))
    with breaks("P6-6-ADD-PARTICIPANT/CAPABILITY"):
        refused(whole, BOB, change_list(added={DAVE: 2}))
    judge(HUB_ACTOR, sent_by_hub(change_list(added={DAVE: 1})), state_of(whole))


def test_clients_of_participants_are_added_by_themselves_and_by_who_could_add_their_user() -> None:
    whole = room()
    allowed(whole, BOB, addition(whole, TABLETS[BOB]))
    allowed(whole, BOB, addition(whole, TABLETS[CATHY]))
    with breaks("P6-6-ADD-CLIENT/ANOTHERS"):
        refused(whole, BOB, addition(whole, TABLETS[ALICE]))
    with breaks("P6-6-ADD-CLIENT/ANOTHERS"):
        refused(room(roles=changed_role(2, less=(0,))), BOB, addition(whole, TABLETS[CATHY]))
    with breaks("P6-6-ADD-CLIENT/OWN"):
        refused(room(roles=changed_role(2, less=(2,))), BOB, addition(whole, TABLETS[BOB]))


def test_users_are_removed_with_all_their_clients() -> None:
    whole = room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB], PHONES[CATHY])
    gone = change_list(removed=(1,))
    allowed(whole, CATHY, gone, removal(whole, PHONES[BOB]), removal(whole, TABLETS[BOB]))
    with breaks("P6-6-REMOVE-PARTICIPANT/CLIENTS"):
        refused(whole, CATHY, gone, removal(whole, PHONES[BOB]))
    with breaks("P6-6-REMOVE-PARTICIPANT/ROLE"):
        refused(whole, BOB, change_list(removed=(0,)), removal(whole, PHONES[ALICE]))
    weak = room(roles=changed_role(2, less=(1,)))
    with breaks("P6-6-REMOVE-PARTICIPANT/CAPABILITY"):
        refused(weak, CATHY, gone, removal(weak, PHONES[BOB]))


def test_users_leave_with_all_their_clients() -> None:
    whole = room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB])
    gone = change_list(removed=(1,))
    allowed(whole, BOB, SelfRemove(), removal(whole, TABLETS[BOB]), gone)
    with breaks("P6-6-LEAVE/CLIENTS"):
        refused(whole, BOB, SelfRemove(), gone)
    weak = room(roles=changed_role(2, less=(6,)))
    with breaks("P6-6-LEAVE/CAPABILITY"):
        refused(weak, BOB, SelfRemove(), gone)
    arcs = (SingleSourceRoleChangeTargets(0, (2,)),)
    stuck = room(roles=changed_role(2, authorized_role_changes=arcs))
    with breaks("P6-6-LEAVE/ROLE"):
        refused(stuck, BOB, SelfRemove(), gone)


def test_clients_go_without_their_user() -> None:
    whole = room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB], PHONES[CATHY])
    allowed(whole, BOB, SelfRemove())
    allowed(whole, BOB, removal(whole, TABLETS[BOB]))
    allowed(whole, ALICE, removal(whole, TABLETS[BOB]))
    with breaks("P6-6-REMOVE-CLIENT/ANOTHERS"):
        refused(whole, CATHY, removal(whole, TABLETS[BOB]))
    with breaks("P6-6-REMOVE-CLIENT/OWN"):
        refused(room(roles=changed_role(2, less=(3,))), BOB, SelfRemove())


def test_what_finishes_an_accepted_removal_needs_no_more() -> None:
    whole = room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB], PHONES[CATHY])
    leaving = sent(whole, PHONES[BOB], SelfRemove(), removal(whole, TABLETS[BOB]), change_list(removed=(1,)))
    state = state_of(whole).after(leaving)
    judge(phone_of(CATHY), sent(whole, PHONES[CATHY], removal(whole, TABLETS[BOB])), state)


def test_roles_are_changed_along_arcs() -> None:
    whole = room(participants={ALICE: 4, BOB: 3, CATHY: 2, DAVE: 1})
    allowed(whole, BOB, change_list(roles={2: 3}))
    with breaks("P6-6-CHANGE-ROLE/ROLE"):
        refused(whole, BOB, change_list(roles={2: 4}))
    with breaks("P6-6-CHANGE-ROLE/CAPABILITY"):
        refused(whole, CATHY, change_list(roles={1: 2}))


def test_bans() -> None:
    whole = room(PHONES[ALICE], PHONES[BOB], TABLETS[BOB], PHONES[CATHY])
    ban = change_list(roles={1: 1})
    allowed(whole, ALICE, ban, removal(whole, PHONES[BOB]), removal(whole, TABLETS[BOB]))
    with breaks("P6-6-BAN/CLIENTS"):
        refused(whole, ALICE, ban, removal(whole, PHONES[BOB]))
    with breaks("P6-6-BAN/CAPABILITY"):
        refused(whole, CATHY, ban, removal(whole, PHONES[BOB]), removal(whole, TABLETS[BOB]))
    otherwise = room(roles=changed_role(4, less=(0x0A,)))
    allowed(otherwise, ALICE, ban, removal(otherwise, PHONES[BOB]))
    less = room(roles=changed_role(4, less=(0x0A, 0x0F)))
    with breaks("P6-6-BAN/CAPABILITY"):
        refused(less, ALICE, ban, removal(less, PHONES[BOB]))


def test_the_end_of_a_ban() -> None:
    participants = {ALICE: 4, BOB: 1}
    unban = change_list(roles={1: 2})
    allowed(room(participants=participants), ALICE, unban)
    allowed(room(participants=participants, roles=changed_role(4, less=(0x0B,))), ALICE, unban)
    with breaks("P6-6-UNBAN"):
        refused(room(participants=participants, roles=changed_role(4, less=(0x0B, 0x0F))), ALICE, unban)


def test_ones_own_role_is_the_preauthorized_one() -> None:
    whole = room(roles=changed_role(2, more=(0x10,)), preauth=preauthorized((BOB, 3)))
    allowed(whole, BOB, change_list(roles={1: 3}))
    with breaks("P6-6-OWN-ROLE/PREAUTHORIZED"):
        refused(whole, BOB, change_list(roles={1: 4}))
    with breaks("P6-6-OWN-ROLE/CAPABILITY"):
        refused(room(preauth=preauthorized((BOB, 3))), BOB, change_list(roles={1: 3}))


@pytest.mark.parametrize(
    ("field", "value", "capability"),
    [
        ("room_name", "Pub", 0x0300),
        ("room_descriptions", (RichDescription("text/plain", "en", b"A pub"),), 0x0301),
        ("room_avatar", "https://a.example/pub", 0x0302),
        ("room_subject", "beer", 0x0303),
        ("room_mood", "merry", 0x0304),
    ],
)
def test_each_field_of_the_metadata_has_its_capability(field: str, value: object, capability: int) -> None:
    change = update(ComponentID.room_metadata, replace(METADATA, **{field: value}))
    allowed(room(), ALICE, change)
    with breaks("P6-6-METADATA"):
        words = refused(room(roles=changed_role(4, less=(capability,))), ALICE, change)
    assert field.replace("_", " ") in words


def test_role_definitions_change_alone() -> None:
    roles = changed_role(4, more=(0x0503,))
    change = update(ComponentID.roles_list, default_roles(is_open=True))
    allowed(room(roles=roles), ALICE, change)
    with breaks("P6-6-ROLES/CAPABILITY"):
        refused(room(), ALICE, change)
    with breaks("P6-6-ROLES/ALONE"):
        refused(room(roles=roles), ALICE, change, change_list(added={DAVE: 2}))
    whole = room(roles=roles)
    queued = state_of(whole).after(sent(whole, PHONES[ALICE], change))
    with breaks("P6-6-ROLES/ALONE"), pytest.raises(Refusal):
        judge(phone_of(BOB), sent(whole, PHONES[BOB], change_list(added={DAVE: 2})), queued)


def test_preauthorization_changes_with_removals_only() -> None:
    whole = room()
    change = update(ComponentID.preauth_list, PreAuthData(()))
    allowed(whole, ALICE, change, change_list(removed=(1,)), removal(whole, PHONES[BOB]))
    with breaks("P6-6-PREAUTH/CAPABILITY"):
        refused(whole, BOB, change)
    with breaks("P6-6-PREAUTH/ALONE"):
        refused(whole, ALICE, change, change_list(added={DAVE: 2}))


def test_the_base_policy() -> None:
    change = update(ComponentID.base_room_policy, BaseRoomPolicy(max_users=5))
    allowed(room(), ALICE, change)
    with breaks("P6-6-BASE-POLICY"):
        refused(room(), BOB, change)


def test_a_hub_removes_and_bans_by_its_preauthorized_role() -> None:
    whole = room()
    judge(HUB_ACTOR, sent_by_hub(change_list(removed=(1,)), removal(whole, PHONES[BOB])), state_of(whole))
    judge(HUB_ACTOR, sent_by_hub(change_list(roles={0: 1}), removal(whole, PHONES[ALICE])), state_of(whole))
    judge(HUB_ACTOR, sent_by_hub(removal(whole, PHONES[CATHY])), state_of(whole))
    with breaks("P6-6-ADD-PARTICIPANT/CAPABILITY"), pytest.raises(Refusal):
        judge(HUB_ACTOR, sent_by_hub(change_list(added={DAVE: 2})), state_of(whole))
