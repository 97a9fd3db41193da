"""What AppDataUpdates make of the data of a room's components, for MLS: its `Components`.

Each looks at its own data only. What components demand of each other holds in every epoch (`invariants`).
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from simulator.codec import DecodeError, decode, encode
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy, Bool
from simulator.drafts.mimi_protocol_06.room.capabilities import Capability
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.participant_list import (
    ParticipantListData,
    ParticipantListUpdate,
    apply_list_updates,
)
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData
from simulator.drafts.mimi_protocol_06.room.roles import NO_ROLE, RoleData
from simulator.drafts.mimi_protocol_06.room.rule import COMPONENTS_PAGE, LIST_INVALID, room_rule
from simulator.mls.errors import InvalidProposal, MLSError
from simulator.mls.extensions.components import Component, Components
from simulator.rules import check, refuse

MALFORMED = "malformed_component"
"""By which name members reject data that is not what its component keeps."""

DATA = room_rule(
    "P6-5-COMPONENT-DATA", COMPONENTS_PAGE, slug=MALFORMED, essential="nobody could tell what the component keeps"
)
LIST_DATA = room_rule(
    "P6-5-LIST-DATA", COMPONENTS_PAGE, slug=LIST_INVALID, essential="nobody could tell who takes part"
)
ONE_UPDATE = room_rule("P6-5-ONE-UPDATE", COMPONENTS_PAGE, slug="several_updates")
ROOM_URI = room_rule("P6-5-ROOM-URI", COMPONENTS_PAGE, slug="room_uri_changed")
ROLES_DIFFER = room_rule("P6-5-ROLES-DIFFER", COMPONENTS_PAGE, slug="role_defined_twice")
OPEN_JOIN = room_rule("P6-5-OPEN-JOIN", COMPONENTS_PAGE, slug="open_join_of_a_role")
NO_PARENT = room_rule("P6-5-NO-PARENT", COMPONENTS_PAGE, slug="parent_room")

T = TypeVar("T")

STRUCTS: dict[int, type] = {
    ComponentID.participant_list: ParticipantListData,
    ComponentID.room_metadata: RoomMetaData,
    ComponentID.roles_list: RoleData,
    ComponentID.preauth_list: PreAuthData,
    ComponentID.base_room_policy: BaseRoomPolicy,
}
"""What each component of a room keeps that may change."""


def component_value(cls: type[T], data: bytes | None, kind: type[MLSError] = InvalidProposal) -> T:
    """What a component keeps, in all its data. Raises an error of this kind (`malformed_component`)."""
    rule = LIST_DATA if cls in (ParticipantListData, ParticipantListUpdate) else DATA
    if data is None:
        refuse(rule, f"the group keeps no {cls.__name__}", kind=kind)
    try:
        return decode(cls, data)
    except DecodeError as error:
        refuse(rule, f"{cls.__name__}: {error}", error, kind=kind)


def update_list(before: bytes | None, updates: Sequence[bytes]) -> bytes:
    """The participant list after these ParticipantListUpdates. Raises InvalidProposal (`participant_list_invalid`)."""
    listed = component_value(ParticipantListData, before)
    return encode(apply_list_updates(listed, [component_value(ParticipantListUpdate, update) for update in updates]))


def check_metadata(after: RoomMetaData, before: RoomMetaData | None) -> None:
    """Whether a room may have this metadata after that. Raises InvalidProposal."""
    same = before is None or after.room_uri == before.room_uri
    check(ROOM_URI, same, "a room keeps its URI", kind=InvalidProposal)


def check_roles(after: RoleData, kind: type[MLSError] = InvalidProposal) -> None:
    """Whether a room may have these roles. Raises an error of this kind."""
    indices = [role.role_index for role in after.roles]
    check(ROLES_DIFFER, len(set(indices)) == len(indices), "two roles have one index", kind=kind)
    for role in after.roles:
        may = role.role_index == NO_ROLE or not role.can(Capability.open_join)
        words = f"role {role.role_index} has canOpenJoin, which only role 0 may have"
        check(OPEN_JOIN, may, words, kind=kind)


def check_base_policy(after: BaseRoomPolicy, kind: type[MLSError] = InvalidProposal) -> None:
    """Whether a room may have this policy. Raises an error of this kind."""
    alone = after.parent_dependant == Bool.false and not after.parent_room
    check(NO_PARENT, alone, "rooms that depend on another room are not supported", kind=kind)


def _replacing(cls: type[T], check_change: Callable[[T, T | None], None]) -> Component:
    """A component whose update is its new data."""

    def update(before: bytes | None, updates: Sequence[bytes]) -> bytes:
        words = f"{len(updates)} updates of one commit replace the {cls.__name__}"
        check(ONE_UPDATE, len(updates) == 1, words, kind=InvalidProposal)
        after = component_value(cls, updates[-1])
        check_change(after, None if before is None else component_value(cls, before))
        return updates[-1]

    return Component(update)


COMPONENTS: Components = {
    ComponentID.participant_list: Component(update_list),
    ComponentID.room_metadata: _replacing(RoomMetaData, check_metadata),
    ComponentID.roles_list: _replacing(RoleData, lambda after, _: check_roles(after)),
    ComponentID.preauth_list: _replacing(PreAuthData, lambda _, __: None),
    ComponentID.base_room_policy: _replacing(BaseRoomPolicy, lambda after, _: check_base_policy(after)),
}
"""Of the franking agent there is no update: another needs another group ([P] recommends ReInit)."""
