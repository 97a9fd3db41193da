"""Proposals that break one rule of rooms each: changes of the list and of other components that nobody may commit.

Each gets the group and the URI of the client that commits.
"""

from dataclasses import replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.base_policy import Bool
from simulator.drafts.mimi_protocol_06.room.capabilities import Capability
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.default_roles import ORDINARY_USER
from simulator.drafts.mimi_protocol_06.room.participant_list import (
    ParticipantListUpdate,
    UserindexRolePair,
    UserRolePair,
)
from simulator.drafts.mimi_protocol_06.room.roles import BANNED, NO_ROLE, RoleData
from simulator.drafts.mimi_protocol_06.room.room_state import committed_state, user_of
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentRemoval, ComponentUpdate
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.public_group import PublicGroup
from simulator.services.names import group_provider

UNDEFINED_ROLE = 77
NO_PLACE = 99


def list_index(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The list is changed at a place that it does not have."""
    del group, client
    return (_list(removed_indices=(NO_PLACE,)),)


def touched_twice(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The committer's place in the list is given two roles."""
    pair = UserindexRolePair(_own_place(group, client), ORDINARY_USER)
    return (_list(changed_role_participants=(pair, pair)),)


def listed_already(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """A participant is added to the list once more."""
    return (_list(added_participants=(UserRolePair(user_of(client), ORDINARY_USER),)),)


def no_user(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """What is no user is added to the list."""
    del client
    return (_list(added_participants=(UserRolePair(f"mimi://{_hub(group)}/r/somebody", ORDINARY_USER),)),)


def role_zero(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """Somebody is added to the list with the role of nobody."""
    del client
    return (_list(added_participants=(UserRolePair(_somebody(group), NO_ROLE),)),)


def undefined_role(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """Somebody is added to the list with a role that the room does not define."""
    del client
    return (_list(added_participants=(UserRolePair(_somebody(group), UNDEFINED_ROLE),)),)


def off_the_list(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """Another participant is taken off the list, and its clients stay in the group."""
    return (_list(removed_indices=(_others_place(group, client),)),)


def banned_in_the_group(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """Another participant is banned, and its clients stay in the group."""
    return (_list(changed_role_participants=(UserindexRolePair(_others_place(group, client), BANNED),)),)


def unreadable_list(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The change of the list can't be decoded."""
    del group, client
    return (AppDataUpdate(ComponentID.participant_list, ComponentUpdate(b"\x01")),)


def unreadable_component(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The new metadata can't be decoded."""
    del group, client
    return (AppDataUpdate(ComponentID.room_metadata, ComponentUpdate(b"\x01")),)


def removed_metadata(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The metadata are removed."""
    del group, client
    return (AppDataUpdate(ComponentID.room_metadata, ComponentRemoval()),)


def two_updates(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The metadata are replaced twice."""
    del client
    update = _update(ComponentID.room_metadata, committed_state(group).metadata)
    return (update, update)


def other_room_uri(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The room gets the URI of another one."""
    del client
    metadata = replace(committed_state(group).metadata, room_uri=f"mimi://{_hub(group)}/r/other")
    return (_update(ComponentID.room_metadata, metadata),)


def roles_twice(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """All roles are defined twice."""
    del client
    return (_update(ComponentID.roles_list, RoleData(committed_state(group).roles.roles * 2)),)


def open_join_of_a_role(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """Ordinary users get the capability to join openly, which is for nobody's role."""
    del client
    changed = tuple(
        replace(role, role_capabilities=(*role.role_capabilities, Capability.open_join))
        if role.role_index == ORDINARY_USER
        else role
        for role in committed_state(group).roles.roles
    )
    return (_update(ComponentID.roles_list, RoleData(changed)),)


def parent_room(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The room depends on another one from now on."""
    del client
    policy = committed_state(group).base_policy
    dependent = replace(policy, parent_dependant=Bool.true, parent_room=(f"mimi://{_hub(group)}/r/parent",))
    return (_update(ComponentID.base_room_policy, dependent),)


def list_and_roles(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """Role definitions, and an addition to the list beside them."""
    del client
    roles = committed_state(group).roles
    described = tuple(replace(role, role_description="as before") for role in roles.roles)
    addition = _list(added_participants=(UserRolePair(_somebody(group), ORDINARY_USER),))
    return (addition, _update(ComponentID.roles_list, RoleData(described)))


def list_and_preauthorizations(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """Preauthorizations, and an addition to the list beside them."""
    del client
    addition = _list(added_participants=(UserRolePair(_somebody(group), ORDINARY_USER),))
    return (addition, _update(ComponentID.preauth_list, committed_state(group).preauth))


PROPOSALS = {
    make.__name__: make
    for make in (
        list_index,
        touched_twice,
        listed_already,
        no_user,
        role_zero,
        undefined_role,
        off_the_list,
        banned_in_the_group,
        unreadable_list,
        unreadable_component,
        removed_metadata,
        two_updates,
        other_room_uri,
        roles_twice,
        open_join_of_a_role,
        parent_room,
        list_and_roles,
        list_and_preauthorizations,
    )
}
"""By name."""


def _list(**changes: Any) -> AppDataUpdate:
    return _update(ComponentID.participant_list, ParticipantListUpdate(**changes))


def _update(component: ComponentID, value: Any) -> AppDataUpdate:
    return AppDataUpdate(component, ComponentUpdate(encode(value)))


def _hub(group: PublicGroup) -> str:
    return group_provider(group.group_id)


def _somebody(group: PublicGroup) -> str:
    return f"mimi://{_hub(group)}/u/somebody"


def _own_place(group: PublicGroup, client: str) -> int:
    index = committed_state(group).committed.index_of(user_of(client))
    return NO_PLACE if index is None else index


def _others_place(group: PublicGroup, client: str) -> int:
    """That of the first ordinary user who is not the committer's."""
    pairs = committed_state(group).committed.participants
    others = (
        index for index, pair in enumerate(pairs) if pair.user != user_of(client) and pair.role_index == ORDINARY_USER
    )
    return next(others, NO_PLACE)
