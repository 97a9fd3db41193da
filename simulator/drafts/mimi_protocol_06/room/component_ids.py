"""The components of a room, by number ([EXT], [P] 10, [RP])."""

from enum import IntEnum


class ComponentID(IntEnum):
    """Those that are used here; a dictionary may hold any uint16."""

    app_components = 0x0001
    safe_aad = 0x0002
    frank_aad = 0x0020
    franking_signature_key = 0x0021
    participant_list = 0x0022
    room_metadata = 0x0023
    mls_operational_policy = 0x0024
    roles_list = 0x0025
    preauth_list = 0x0026
    base_room_policy = 0x0027


SUPPORTED = (
    ComponentID.app_components,
    ComponentID.safe_aad,
    ComponentID.frank_aad,
    ComponentID.franking_signature_key,
    ComponentID.participant_list,
    ComponentID.room_metadata,
    ComponentID.roles_list,
    ComponentID.preauth_list,
    ComponentID.base_room_policy,
)
"""What every leaf lists."""

REQUIRED = SUPPORTED[2:]
"""What every group lists; all but `frank_aad` keep something in its GroupContext."""

IN_AUTHENTICATED_DATA = (ComponentID.frank_aad,)
"""Those that put items into the authenticated data of messages."""
