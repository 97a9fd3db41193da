"""Rooms under test: real groups of real members, and their participants."""

from collections.abc import Mapping
from dataclasses import replace

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.component_updates import COMPONENTS
from simulator.drafts.mimi_protocol_06.room.default_roles import POLICY_ENFORCER, default_roles
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.new_room import NewRoom, new_room_data
from simulator.drafts.mimi_protocol_06.room.participant_list import (
    ParticipantListData,
    ParticipantListUpdate,
    UserindexRolePair,
    UserRolePair,
)
from simulator.drafts.mimi_protocol_06.room.policy import Actor
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData, PreAuthRoleEntry, basic_claim
from simulator.drafts.mimi_protocol_06.room.roles import Role, RoleData
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, RoomState, committed_state
from simulator.fuzzing.whole_group import Person, WholeGroup, external_senders
from simulator.mls.extensions.app_data_dictionary import dictionary_extension
from simulator.mls.framing.framing import ExternalSender, MemberSender
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.proposals.proposals import Add, Proposal, Remove
from tests.mls.extended import EXTENDED

HUB = "mimi://a.example"
ROOM = "mimi://a.example/r/clubhouse"

ALICE, BOB, CATHY, DAVE = (f"mimi://{name[0]}.example/u/{name}" for name in ("alice", "bob", "cathy", "dave"))
PHONES = {user: client for user in (ALICE, BOB, CATHY, DAVE) for client in [user.replace("/u/", "/d/") + "/phone"]}
TABLETS = {user: client.replace("phone", "tablet") for user, client in PHONES.items()}
HUB_PERSON = Person(HUB, capabilities=EXTENDED)

USUAL = {ALICE: 4, BOB: 2, CATHY: 2}
"""A super admin and two ordinary users."""


def room(
    *clients: str,
    participants: Mapping[str, int] = USUAL,
    roles: RoleData | None = None,
    policy: BaseRoomPolicy | None = None,
    preauth: PreAuthData | None = None,
    agent: FrankingAgentData | None = None,
) -> WholeGroup:
    """The group of a room with these clients, by default the phones of its participants that are no banned."""
    new = NewRoom(
        ROOM,
        ALICE,
        HUB,
        b"franking key",
        roles or default_roles(),
        policy or BaseRoomPolicy(),
        RoomMetaData(ROOM, "Clubhouse"),
    )
    data = new_room_data(new)
    pairs = tuple(UserRolePair(user, role) for user, role in participants.items())
    data[ComponentID.participant_list] = encode(ParticipantListData(pairs))
    if agent is not None:
        data[ComponentID.franking_signature_key] = encode(agent)
    if preauth is not None:
        data[ComponentID.preauth_list] = encode(preauth)
    present = clients or tuple(PHONES[user] for user, role in participants.items() if role != 1)
    extensions = (external_senders(HUB_PERSON), dictionary_extension(data))
    return WholeGroup.of(
        *present,
        extensions=extensions,
        group_id=ROOM.replace("/r/", "/g/").encode(),
        capabilities=EXTENDED,
        components=COMPONENTS,
    )


def state_of(whole: WholeGroup) -> RoomState:
    """The room as its GroupContext has it."""
    return committed_state(whole.service)


def sent(whole: WholeGroup, client: str, *proposals: Proposal) -> list[Proposed]:
    """Proposals of a member."""
    return [Proposed(proposal, MemberSender(whole.index(client))) for proposal in proposals]


def sent_by_hub(*proposals: Proposal) -> list[Proposed]:
    """Proposals of the hub."""
    return [Proposed(proposal, ExternalSender(0)) for proposal in proposals]


HUB_ACTOR = Actor(HUB, is_server=True)


def phone_of(user: str) -> Actor:
    """A user, acting by its phone."""
    return Actor(PHONES[user])


def update(component: int, value: object) -> AppDataUpdate:
    """The proposal that a component keeps this, or changes like this."""
    return AppDataUpdate(component, ComponentUpdate(encode(value)))


def change_list(
    *, roles: Mapping[int, int] | None = None, removed: tuple[int, ...] = (), added: Mapping[str, int] | None = None
) -> AppDataUpdate:
    """The proposal to change the participant list: roles and removals by place, additions by user."""
    return update(
        ComponentID.participant_list,
        ParticipantListUpdate(
            tuple(UserindexRolePair(index, role) for index, role in (roles or {}).items()),
            removed,
            tuple(UserRolePair(user, role) for user, role in (added or {}).items()),
        ),
    )


def addition(whole: WholeGroup, client: str) -> Add:
    """The proposal to add a client."""
    return Add(whole.person(client).key_package())


def removal(whole: WholeGroup, client: str) -> Remove:
    """The proposal to remove a client."""
    return Remove(whole.index(client))


def with_role(role: Role, roles: RoleData | None = None) -> RoleData:
    """Roles with this one in the place of the one that has its index."""
    return RoleData(
        tuple(role if role.role_index == each.role_index else each for each in (roles or default_roles()).roles)
    )


def changed_role(index: int, *, more: tuple[int, ...] = (), less: tuple[int, ...] = (), **changes: object) -> RoleData:
    """The default roles, one with more capabilities, or with less, or otherwise changed."""
    role = default_roles().role(index)
    capabilities = tuple(sorted({*role.role_capabilities, *more} - set(less)))
    return with_role(replace(role, role_capabilities=capabilities, **changes))


def preauthorized(*entries: tuple[str, int]) -> PreAuthData:
    """Roles by identity; the hub has its usual one."""
    roles = default_roles()
    return PreAuthData(
        tuple(
            PreAuthRoleEntry((basic_claim(name),), roles.role(index))
            for name, index in ((HUB, POLICY_ENFORCER), *entries)
        )
    )
