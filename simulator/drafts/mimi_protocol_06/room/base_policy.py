"""What holds in a room for everybody, whatever the role ([RP] Base room policy)."""

from simulator.codec import Enum8, struct, uint16, uint32, utf8
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID


# [RP] Base room policy
# enum { false(0), true(1) } bool;
class Bool(Enum8):
    false = 0
    true = 1


# [RP] Base room policy
# struct {
#     bool fixed_membership;
#     bool parent_dependant;
#     Uri parent_room<V>;
#     bool multi_device;
#     optional<uint32> max_clients;
#     optional<uint32> max_users;
#     bool pseudonyms_allowed;
#     bool persistent_room;
#     bool discoverable;
#     ComponentID policy_component_ids<V>;
# } BaseRoomPolicy;
@struct
class BaseRoomPolicy:
    fixed_membership: Bool = Bool.false
    parent_dependant: Bool = Bool.false
    parent_room: tuple[utf8, ...] = ()
    multi_device: Bool = Bool.true
    max_clients: uint32 | None = None
    max_users: uint32 | None = None
    pseudonyms_allowed: Bool = Bool.false
    persistent_room: Bool = Bool.false
    discoverable: Bool = Bool.false
    policy_component_ids: tuple[uint16, ...] = (ComponentID.roles_list, ComponentID.preauth_list)
