"""The roles of a room: what their holders may do, how many there may be, and whose roles they may change ([RP])."""

from simulator.codec import struct, uint16, uint32, utf8
from simulator.drafts.mimi_protocol_06.room.capabilities import Capability

NO_ROLE = 0
"""The role of who does not take part."""
BANNED = 1
"""The role of who must not; [RP] fixes its number and its name."""
BANNED_NAME = "banned"


# [RP] Roles
# struct {
#     uint32 from_role_index;
#     uint32 target_role_indexes<V>;
# } SingleSourceRoleChangeTargets;
@struct
class SingleSourceRoleChangeTargets:
    from_role_index: uint32
    target_role_indexes: tuple[uint32, ...]


# [RP] Roles
# struct {
#     uint32 role_index;
#     opaque role_name<V>;
#     opaque role_description<V>;
#     uint16 role_capabilities<V>;
#     uint32 minimum_participants_constraint;
#     optional<uint32> maximum_participants_constraint;
#     uint32 minimum_active_participants_constraint;
#     optional<uint32> maximum_active_participants_constraint;
#     SingleSourceRoleChangeTargets authorized_role_changes<V>;
# } Role;
@struct
class Role:
    role_index: uint32
    role_name: utf8
    role_description: utf8
    role_capabilities: tuple[uint16, ...]
    minimum_participants_constraint: uint32
    maximum_participants_constraint: uint32 | None
    minimum_active_participants_constraint: uint32
    maximum_active_participants_constraint: uint32 | None
    authorized_role_changes: tuple[SingleSourceRoleChangeTargets, ...]

    def can(self, capability: Capability) -> bool:
        """Whether its holders have this capability."""
        return capability in self.role_capabilities

    def may_change(self, from_role: int, to_role: int) -> bool:
        """Whether its holders may make a change between these two roles, 0 being that of nobody."""
        return any(
            to_role in change.target_role_indexes
            for change in self.authorized_role_changes
            if change.from_role_index == from_role
        )

    @property
    def may_be_active(self) -> bool:
        """Whether clients of its holders may be in the group."""
        return self.maximum_active_participants_constraint != 0


# [RP] Roles
# struct {
#     Role roles<V>;
# } RoleData;
@struct
class RoleData:
    roles: tuple[Role, ...]

    def find(self, index: int) -> Role | None:
        """The role with this index, or None."""
        return next((role for role in self.roles if role.role_index == index), None)

    def role(self, index: int | None) -> Role:
        """The role with this index; one that may do nothing where there is none."""
        found = None if index is None else self.find(index)
        return found or Role(index or NO_ROLE, "", "", (), 0, None, 0, 0, ())
