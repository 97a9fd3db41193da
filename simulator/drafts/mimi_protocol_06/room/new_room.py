"""What the GroupContext of a new room holds, and whether one is as it has to be ([P] 3.1, 4.2)."""

from collections.abc import Mapping
from dataclasses import field

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy
from simulator.drafts.mimi_protocol_06.room.component_ids import IN_AUTHENTICATED_DATA, REQUIRED, ComponentID
from simulator.drafts.mimi_protocol_06.room.component_updates import (
    check_base_policy,
    check_roles,
    component_value,
)
from simulator.drafts.mimi_protocol_06.room.default_roles import POLICY_ENFORCER, SUPER_ADMIN, default_roles
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.invariants import check_invariants
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListData, UserRolePair
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData, PreAuthRoleEntry, basic_claim
from simulator.drafts.mimi_protocol_06.room.roles import RoleData
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, committed_state, user_of
from simulator.drafts.mimi_protocol_06.room.rule import COMPONENTS_PAGE, room_rule
from simulator.mls.errors import InvalidGroupInfo, MLSError
from simulator.mls.extensions.app_data_dictionary import ComponentsList, component_data
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import BasicCredential
from simulator.rules import check

ONLY_CREATOR = room_rule("P6-5-NEW-ROOM", COMPONENTS_PAGE, part="PARTICIPANTS")
ITS_URI = room_rule("P6-5-NEW-ROOM", COMPONENTS_PAGE, part="URI")
COMPONENTS_LISTED = room_rule("P6-5-NEW-ROOM", COMPONENTS_PAGE, part="COMPONENTS")
FRANKING_AGENT = room_rule("P6-5-NEW-ROOM", COMPONENTS_PAGE, part="FRANKING-AGENT")


@dataclass(frozen=True, slots=True)
class NewRoom:
    """What a room begins with; `hub` is the hub's URI, `franking_key` the public key with which it signs Franks."""

    room: str
    creator: str
    """The URI of the user."""
    hub: str
    franking_key: bytes
    roles: RoleData = field(default_factory=default_roles)
    base_policy: BaseRoomPolicy = field(default_factory=BaseRoomPolicy)
    metadata: RoomMetaData | None = None
    """The room's URI alone if not said."""
    preauth: PreAuthData | None = None
    """The hub alone if not said."""


def new_room_data(new: NewRoom) -> dict[int, bytes]:
    """What each component keeps in the GroupContext of a new room."""
    return {
        ComponentID.app_components: encode(ComponentsList(tuple(map(int, REQUIRED)))),
        ComponentID.safe_aad: encode(ComponentsList(tuple(map(int, IN_AUTHENTICATED_DATA)))),
        ComponentID.franking_signature_key: encode(
            FrankingAgentData(new.franking_key, BasicCredential(new.hub.encode()))
        ),
        ComponentID.participant_list: encode(ParticipantListData((UserRolePair(new.creator, SUPER_ADMIN),))),
        ComponentID.room_metadata: encode(new.metadata or RoomMetaData(new.room)),
        ComponentID.roles_list: encode(new.roles),
        ComponentID.preauth_list: encode(new.preauth or preauthorized_hub(new.hub, new.roles)),
        ComponentID.base_room_policy: encode(new.base_policy),
    }


def preauthorized_hub(hub: str, roles: RoleData) -> PreAuthData:
    """The one preauthorization of a new room: that of its hub (URI)."""
    return PreAuthData((PreAuthRoleEntry((basic_claim(hub),), roles.role(POLICY_ENFORCER)),))


def check_new_room(
    group: PublicGroup, room: str, creator: str, agent: FrankingAgentData, kind: type[MLSError] = InvalidGroupInfo
) -> RoomState:
    """The room of a new group that the client `creator` made; `agent` is what its hub franks with.

    Raises an error of this kind.
    """
    state = committed_state(group, kind)
    data = component_data(group.context.extensions, kind)
    _check_components(data, kind)
    only = [pair.user for pair in state.participants.participants] == [user_of(creator)]
    check(ONLY_CREATOR, only, f"a new room has its creator {user_of(creator)} as its only participant", kind=kind)
    check(ITS_URI, state.metadata.room_uri == room, f"the metadata is not that of {room}", kind=kind)
    own = data.get(ComponentID.franking_signature_key) == encode(agent)
    check(FRANKING_AGENT, own, "the franking agent of the new room is not its hub", kind=kind)
    check_roles(state.roles, kind)
    check_base_policy(state.base_policy, kind)
    check_invariants(state, None, kind)
    return state


def _check_components(data: Mapping[int, bytes], kind: type[MLSError]) -> None:
    expected = {
        ComponentID.app_components: encode(ComponentsList(tuple(map(int, REQUIRED)))),
        ComponentID.safe_aad: encode(ComponentsList(tuple(map(int, IN_AUTHENTICATED_DATA)))),
    }
    for component, listed in expected.items():
        words = f"component {component:#06x} of a new room does not list exactly what rooms have"
        check(COMPONENTS_LISTED, data.get(component) == listed, words, kind=kind)


def franking_agent_of(group: PublicGroup) -> FrankingAgentData:
    """With what the hub of a room franks. Raises InvalidGroupInfo for a group without."""
    data = component_data(group.context.extensions, InvalidGroupInfo)
    return component_value(FrankingAgentData, data.get(ComponentID.franking_signature_key), InvalidGroupInfo)
