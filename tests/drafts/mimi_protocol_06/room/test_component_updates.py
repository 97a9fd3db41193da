from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy, Bool
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.component_updates import COMPONENTS, component_value
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListData
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData
from simulator.drafts.mimi_protocol_06.room.roles import RoleData
from simulator.mls.errors import InvalidGroupInfo, InvalidProposal, MLSError
from simulator.mls.extensions.components import check_app_data_update
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentRemoval
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import ALICE, BOB, ROOM, change_list, changed_role, room, update

METADATA = RoomMetaData(ROOM, "Clubhouse")


def test_the_base_policy_of_new_rooms() -> None:
    assert encode(BaseRoomPolicy()).hex() == "000000010000000000" + "0400250026"


@pytest.mark.parametrize(
    ("component", "before", "after"),
    [
        (ComponentID.room_metadata, METADATA, replace(METADATA, room_mood="merry")),
        (ComponentID.roles_list, default_roles(), default_roles(is_open=True)),
        (ComponentID.preauth_list, PreAuthData(()), PreAuthData(())),
        (ComponentID.base_room_policy, BaseRoomPolicy(), BaseRoomPolicy(max_users=3)),
    ],
)
def test_an_update_is_the_new_data(component: int, before: object, after: object) -> None:
    assert COMPONENTS[component].update(encode(before), [encode(after)]) == encode(after)
    assert COMPONENTS[component].update(None, [encode(after)]) == encode(after)
    with breaks("P6-5-ONE-UPDATE"), pytest.raises(InvalidProposal, match="2 updates of one commit"):
        COMPONENTS[component].update(encode(before), [encode(after), encode(after)])


@pytest.mark.parametrize(
    ("component", "after", "rule"),
    [
        (ComponentID.room_metadata, replace(METADATA, room_uri=ROOM + "2"), "P6-5-ROOM-URI"),
        (ComponentID.roles_list, RoleData(default_roles().roles * 2), "P6-5-ROLES-DIFFER"),
        (ComponentID.roles_list, changed_role(2, more=(4,)), "P6-5-OPEN-JOIN"),
        (ComponentID.base_room_policy, BaseRoomPolicy(parent_dependant=Bool.true), "P6-5-NO-PARENT"),
        (ComponentID.base_room_policy, BaseRoomPolicy(parent_room=(ROOM,)), "P6-5-NO-PARENT"),
    ],
)
def test_what_a_component_does_not_take(component: int, after: object, rule: str) -> None:
    before = {ComponentID.room_metadata: METADATA}.get(component)
    with breaks(rule), pytest.raises(InvalidProposal):
        COMPONENTS[component].update(None if before is None else encode(before), [encode(after)])


def test_data_that_is_none() -> None:
    with breaks("P6-5-COMPONENT-DATA"), pytest.raises(InvalidProposal, match="RoleData: "):
        COMPONENTS[ComponentID.roles_list].update(None, [b"\x02\x00"])
    with breaks("P6-5-COMPONENT-DATA"), pytest.raises(InvalidGroupInfo, match="keeps no RoleData"):
        component_value(RoleData, None, InvalidGroupInfo)
    for before, change in ((None, b"\x00\x00\x00"), (b"\x00", b"\x01")):
        with breaks("P6-5-LIST-DATA"), pytest.raises(InvalidProposal) as refused:
            COMPONENTS[ComponentID.participant_list].update(before, [change])
        assert refused.value.rule == "participant_list_invalid"
    assert component_value(ParticipantListData, b"\x00") == ParticipantListData(())


@pytest.mark.parametrize(
    "proposal",
    [
        update(ComponentID.franking_signature_key, METADATA),
        AppDataUpdate(ComponentID.participant_list, ComponentRemoval()),
    ],
)
def test_the_franking_agent_stays_and_nothing_is_removed(proposal: AppDataUpdate) -> None:
    with pytest.raises(MLSError):
        check_app_data_update(proposal, COMPONENTS)


def test_a_room_follows_its_updates() -> None:
    whole = room()
    alice, bob, _ = whole.groups
    whole.propose(bob, change_list(removed=(2,)))
    whole.commit(alice, change_list(roles={1: 3}), update(ComponentID.room_metadata, METADATA))
    kept = whole.service.context.extensions
    assert b"cathy" not in encode(kept[1])
    assert ALICE.encode() in encode(kept[1])
    assert BOB.encode() in encode(kept[1])
