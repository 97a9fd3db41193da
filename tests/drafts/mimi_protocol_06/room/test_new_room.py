from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.new_room import (
    NewRoom,
    check_new_room,
    franking_agent_of,
    new_room_data,
)
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListData, UserRolePair
from simulator.fuzzing.whole_group import WholeGroup
from simulator.mls.errors import InvalidGroupInfo
from simulator.mls.extensions.app_data_dictionary import dictionary_extension
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import BasicCredential
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import ALICE, BOB, HUB, PHONES, ROOM, room
from tests.mls.extended import EXTENDED

NEW = NewRoom(ROOM, ALICE, HUB, b"franking key", metadata=RoomMetaData(ROOM, "Clubhouse"))
AGENT = FrankingAgentData(b"franking key", BasicCredential(HUB.encode()))


def group(**changed: bytes) -> PublicGroup:
    """A new room with other data for these components."""
    data = {**new_room_data(NEW), **{ComponentID[name]: value for name, value in changed.items()}}
    return WholeGroup.of(PHONES[ALICE], extensions=(dictionary_extension(data),), capabilities=EXTENDED).service


def test_a_new_room_is_its_creators() -> None:
    state = check_new_room(group(), ROOM, PHONES[ALICE], AGENT)
    assert state.participants == ParticipantListData((UserRolePair(ALICE, 4),))
    assert state.preauth.role_for(HUB) == 5
    assert state.metadata.room_name == "Clubhouse"
    assert franking_agent_of(group()) == AGENT


def test_the_listed_components() -> None:
    data = new_room_data(NEW)
    assert data[ComponentID.safe_aad].hex() == "020020"
    assert data[ComponentID.app_components].hex() == "0e" + "0020002100220023002500260027"
    assert sorted(data) == [1, 2, 0x21, 0x22, 0x23, 0x25, 0x26, 0x27]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"participant_list": encode(ParticipantListData((UserRolePair(BOB, 4),)))}, "P6-5-NEW-ROOM/PARTICIPANTS"),
        ({"room_metadata": encode(RoomMetaData(ROOM + "2"))}, "P6-5-NEW-ROOM/URI"),
        ({"app_components": b"\x02\x00\x22"}, "P6-5-NEW-ROOM/COMPONENTS"),
        ({"safe_aad": b"\x00"}, "P6-5-NEW-ROOM/COMPONENTS"),
        (
            {"franking_signature_key": encode(replace(AGENT, franking_signature_key=b"other"))},
            "P6-5-NEW-ROOM/FRANKING-AGENT",
        ),
    ],
)
def test_what_is_no_new_room(changed: dict[str, bytes], rule: str) -> None:
    with breaks(rule), pytest.raises(InvalidGroupInfo):
        check_new_room(group(**changed), ROOM, PHONES[ALICE], AGENT)


def test_a_group_without_a_franking_agent() -> None:
    with breaks("P6-5-COMPONENT-DATA"), pytest.raises(InvalidGroupInfo):
        franking_agent_of(WholeGroup.of("alice", capabilities=EXTENDED).service)
    assert franking_agent_of(room().service) == AGENT
