"""What people say about a room in a few words, and the proposals that change it: roles of users, and settings.

name, subject, mood           the metadata
open                          whether anybody may join: true or false
max_users, max_clients        numbers
one_device, fixed_membership  true or false
require_franking              whether messages need a franking tag: true or false
capabilities                  more of them by role: {super_admin: [canChangeRoleDefinitions]}
withdrawn                     less of them by role: {ordinary_user: [canAddParticipant]}
most, most_active             how many may have a role, or be active in it: {group_admin: 1}
preauthorized                 roles by user (URI): {"mimi://d.example/u/dave": ordinary_user}
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy, Bool
from simulator.drafts.mimi_protocol_06.room.capabilities import Capability, shown
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate, UserindexRolePair
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData, PreAuthRoleEntry, basic_claim
from simulator.drafts.mimi_protocol_06.room.roles import BANNED, NO_ROLE, Role, RoleData
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, clients_of
from simulator.errors import Misuse, hint
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.proposals.proposals import Proposal, Remove


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """What can be set of a room."""

    metadata: RoomMetaData
    roles: RoleData
    preauth: PreAuthData
    base_policy: BaseRoomPolicy

    def changed(self, settings: Mapping[str, Any]) -> "RoomSettings":
        """With these settings, by their words. Raises Misuse."""
        found = self
        for word, value in settings.items():
            if word not in _SETTINGS:
                raise Misuse(f'a room has no setting "{word}"{hint(word, _SETTINGS)}')
            found = _SETTINGS[word](found, value)
        return found


def settings_of(state: RoomState) -> RoomSettings:
    """Those of a room as it is."""
    return RoomSettings(state.metadata, state.roles, state.preauth, state.base_policy)


def room_change(state: RoomState, roles: Mapping[str, str], settings: Mapping[str, Any]) -> tuple[Proposal, ...]:
    """The proposals that give users (URIs) these roles, by name, and the room these settings. Who is banned goes with
    all its clients. Raises Misuse for words that the room does not know.
    """
    changed = {user: _role(state.roles, role) for user, role in roles.items()}
    pairs = tuple(UserindexRolePair(_place(user, state), role) for user, role in changed.items())
    banned = [leaf for user, role in changed.items() if role == BANNED for leaf in clients_of(user, state)]
    removes = tuple(Remove(leaf) for leaf in banned if leaf not in state.leaving)
    update = _update(ComponentID.participant_list, ParticipantListUpdate(pairs))
    return (*removes, *((update,) if pairs else ()), *_updates(settings_of(state), settings))


def _updates(before: RoomSettings, settings: Mapping[str, Any]) -> tuple[AppDataUpdate, ...]:
    after = before.changed(settings)
    values = (
        (ComponentID.room_metadata, before.metadata, after.metadata),
        (ComponentID.roles_list, before.roles, after.roles),
        (ComponentID.preauth_list, before.preauth, after.preauth),
        (ComponentID.base_room_policy, before.base_policy, after.base_policy),
    )
    return tuple(_update(component, new) for component, old, new in values if new != old)


def _update(component: ComponentID, value: Any) -> AppDataUpdate:
    return AppDataUpdate(component, ComponentUpdate(encode(value)))


def _place(user: str, state: RoomState) -> int:
    index = state.committed.index_of(user)
    if index is None:
        raise Misuse(f"{user} takes no part in the room")
    return index


def _role(roles: RoleData, name: str) -> int:
    names = {role.role_name: role.role_index for role in roles.roles}
    if name not in names:
        raise Misuse(f'the room has no role "{name}"{hint(name, names)}')
    return names[name]


def _metadata(field: str) -> Callable[[RoomSettings, Any], RoomSettings]:
    def change(settings: RoomSettings, value: Any) -> RoomSettings:
        changes: dict[str, Any] = {field: str(value)}
        return replace(settings, metadata=replace(settings.metadata, **changes))

    return change


def _base_policy(field: str, of: Callable[[Any], Any]) -> Callable[[RoomSettings, Any], RoomSettings]:
    def change(settings: RoomSettings, value: Any) -> RoomSettings:
        changes: dict[str, Any] = {field: of(value)}
        return replace(settings, base_policy=replace(settings.base_policy, **changes))

    return change


def _policies(require_franking: Any) -> tuple[int, ...]:
    franking = (ComponentID.franking_signature_key,) if require_franking else ()
    return (*franking, *BaseRoomPolicy().policy_component_ids)


def _open(settings: RoomSettings, value: Any) -> RoomSettings:
    nobody = default_roles(is_open=bool(value)).role(NO_ROLE)
    others = tuple(role for role in settings.roles.roles if role.role_index != NO_ROLE)
    return replace(settings, roles=RoleData((nobody, *others)))


def _of_roles(change: Callable[[Role, Any], Role]) -> Callable[[RoomSettings, Any], RoomSettings]:
    """A setting with a value for each of some roles, by name."""

    def changed(settings: RoomSettings, value: Mapping[str, Any]) -> RoomSettings:
        values = {_role(settings.roles, name): each for name, each in value.items()}
        roles = settings.roles.roles
        return replace(
            settings,
            roles=RoleData(
                tuple(change(role, values[role.role_index]) if role.role_index in values else role for role in roles)
            ),
        )

    return changed


def _capabilities(names: Sequence[str]) -> set[int]:
    known = {shown(each): int(each) for each in Capability}
    for name in names:
        if name not in known:
            raise Misuse(f'there is no capability "{name}"{hint(name, known)}')
    return {known[name] for name in names}


def _more(role: Role, names: Sequence[str]) -> Role:
    return replace(role, role_capabilities=tuple(sorted({*role.role_capabilities, *_capabilities(names)})))


def _less(role: Role, names: Sequence[str]) -> Role:
    return replace(role, role_capabilities=tuple(sorted(set(role.role_capabilities) - _capabilities(names))))


def _most(role: Role, most: int) -> Role:
    return replace(role, maximum_participants_constraint=most)


def _most_active(role: Role, most: int) -> Role:
    return replace(role, maximum_active_participants_constraint=most)


def _preauthorized(settings: RoomSettings, value: Mapping[str, str]) -> RoomSettings:
    entries = tuple(
        PreAuthRoleEntry((basic_claim(user),), settings.roles.role(_role(settings.roles, name)))
        for user, name in value.items()
    )
    kept = settings.preauth.preauthorized_entries
    return replace(settings, preauth=PreAuthData((*kept, *entries)))


_SETTINGS: Mapping[str, Callable[[RoomSettings, Any], RoomSettings]] = {
    "name": _metadata("room_name"),
    "subject": _metadata("room_subject"),
    "mood": _metadata("room_mood"),
    "open": _open,
    "capabilities": _of_roles(_more),
    "withdrawn": _of_roles(_less),
    "most": _of_roles(_most),
    "most_active": _of_roles(_most_active),
    "preauthorized": _preauthorized,
    "max_users": _base_policy("max_users", int),
    "max_clients": _base_policy("max_clients", int),
    "one_device": _base_policy("multi_device", lambda one: Bool.false if one else Bool.true),
    "require_franking": _base_policy("policy_component_ids", _policies),
    "fixed_membership": _base_policy("fixed_membership", Bool),
}
