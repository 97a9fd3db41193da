"""Which proposals go with clients that come and go: the participant list follows ([P] 4.3.2, 7.5; section 5)."""

from collections.abc import Sequence

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.admission import joining_role
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.default_roles import ORDINARY_USER
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate, UserRolePair
from simulator.drafts.mimi_protocol_06.room.room_state import (
    RoomState,
    clients_of,
    committed_state,
    room_state,
    user_of,
)
from simulator.mls.group import Group
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.proposals.proposals import Proposal, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.services.members import client_of


def list_update(update: ParticipantListUpdate) -> AppDataUpdate:
    """The proposal to change the participant list like this."""
    return AppDataUpdate(ComponentID.participant_list, ComponentUpdate(encode(update)))


def roster_change(group: PublicGroup, adds: Sequence[str], removes: Sequence[str]) -> tuple[Proposal, ...]:
    """The list change with a commit that adds and removes these clients: users who are new come as ordinary users, and
    those who have no client left go. What waits in the group counts as done.

    Raises InvalidCommit for a group that is no room.
    """
    state = room_state(group)
    going = (state.committed.index_of(user) for user in _users(removes) if _goes(user, removes, state))
    update = ParticipantListUpdate(
        removed_indices=tuple(sorted(index for index in going if index is not None)),
        added_participants=tuple(
            UserRolePair(user, ORDINARY_USER) for user in _users(adds) if state.participants.role_of(user) is None
        ),
    )
    return () if update == ParticipantListUpdate() else (list_update(update),)


def joining_change(group: PublicGroup, client: str) -> tuple[Proposal, ...]:
    """The list change with an external commit of a client: a user who takes no part yet comes in the role in which it
    may, as an ordinary user where it may not. All that waits in the group but SelfRemoves is void then.
    """
    state = committed_state(group)
    user = user_of(client)
    if state.participants.role_of(user) is not None:
        return ()
    role = joining_role(client, state)
    pair = UserRolePair(user, ORDINARY_USER if role is None else role)
    return (list_update(ParticipantListUpdate(added_participants=(pair,))),)


def leave(group: Group, *, alone: bool = False) -> tuple[Proposal, ...]:
    """What a member proposes for its user to leave with all clients: a SelfRemove, a Remove of each other client that
    nothing removes yet, and its removal from the list, if that does not wait already. `alone`, it is a SelfRemove where
    the user has another client that stays.
    """
    state = room_state(group.public)
    user = user_of(client_of(group.own_leaf))
    others = [leaf for leaf in clients_of(user, state) if leaf != group.own_index and leaf not in state.leaving]
    if alone and others:
        return (SelfRemove(),)
    index = None if state.participants.role_of(user) is None else state.committed.index_of(user)
    change = () if index is None else (list_update(ParticipantListUpdate(removed_indices=(index,))),)
    return (SelfRemove(), *map(Remove, others), *change)


def _users(clients: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(user_of, clients)))


def _goes(user: str, removes: Sequence[str], state: RoomState) -> bool:
    """Whether a participant has no client left without those that are removed."""
    leaves = [leaf for leaf in clients_of(user, state) if leaf not in state.leaving]
    return state.participants.role_of(user) is not None and all(state.clients[leaf] in removes for leaf in leaves)
