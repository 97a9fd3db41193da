"""The roles of a new room: [RP]'s cooperatively administered room, with what a hub can check."""

from collections.abc import Sequence

from simulator.drafts.mimi_protocol_06.room.capabilities import Capability
from simulator.drafts.mimi_protocol_06.room.roles import (
    BANNED,
    BANNED_NAME,
    NO_ROLE,
    Role,
    RoleData,
    SingleSourceRoleChangeTargets,
)

ORDINARY_USER = 2
GROUP_ADMIN = 3
SUPER_ADMIN = 4
"""The creator's."""
POLICY_ENFORCER = 5
"""The hub's, by preauthorization."""

_ORDINARY = (
    Capability.add_participant,
    Capability.remove_participant,
    Capability.add_own_client,
    Capability.remove_own_client,
    Capability.remove_self,
    Capability.send_message,
    Capability.receive_message,
    Capability.report_abuse,
    Capability.change_room_name,
    Capability.change_room_avatar,
    Capability.change_room_subject,
    Capability.change_room_mood,
)
_ADMIN = (
    *_ORDINARY,
    Capability.ban,
    Capability.un_ban,
    Capability.kick,
    Capability.change_user_role,
    Capability.change_room_description,
)
_SUPER = (
    *_ADMIN,
    Capability.destroy_room,
    Capability.change_room_membership_style,
    Capability.change_preauthorized_user_list,
)
_ENFORCER = (
    Capability.remove_participant,
    Capability.ban,
    Capability.un_ban,
    Capability.kick,
    Capability.change_user_role,
    Capability.destroy_room,
    Capability.change_role_definitions,
    Capability.change_preauthorized_user_list,
    Capability.send_mls_reinit_proposal,
)


def default_roles(*, is_open: bool = False) -> RoleData:
    """The roles of a new room; who likes may join an open one as an ordinary user."""
    join = (Capability.open_join,) if is_open else ()
    return RoleData(
        (
            _role(NO_ROLE, "no_role", join, {0: (2,)} if is_open else {}, active=0),
            _role(BANNED, BANNED_NAME, (), {}, active=0),
            _role(ORDINARY_USER, "ordinary_user", _ORDINARY, {0: (2,), 2: (0,)}),
            _role(GROUP_ADMIN, "group_admin", _ADMIN, {0: (1, 2, 3), 1: (0, 2, 3), 2: (0, 1, 3), 3: (0, 1, 2)}),
            _role(
                SUPER_ADMIN,
                "super_admin",
                _SUPER,
                {0: (1, 2, 3, 4), 1: (0, 2, 3, 4), 2: (0, 1, 3, 4), 3: (0, 1, 2, 4), 4: (0, 1, 2, 3)},
            ),
            _role(
                POLICY_ENFORCER,
                "policy_enforcer",
                _ENFORCER,
                {0: (1,), 1: (0,), 2: (0, 1), 3: (0, 1), 4: (0, 1)},
                most=2,
                active=0,
            ),
        )
    )


def _role(
    index: int,
    name: str,
    capabilities: Sequence[Capability],
    changes: dict[int, tuple[int, ...]],
    *,
    most: int | None = None,
    active: int | None = None,
) -> Role:
    arcs = tuple(SingleSourceRoleChangeTargets(source, targets) for source, targets in changes.items())
    return Role(index, name, "", tuple(sorted(map(int, capabilities))), 0, most, 0, active, arcs)
