"""What the proposals of one sender change in a room."""

from collections.abc import Sequence
from itertools import chain

from simulator.codec import decode
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate, UserRolePair
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, RoomState
from simulator.mls.framing.framing import MemberSender
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.proposals.proposals import Add, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.credential import identity_of


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A participant gets another role."""

    user: str
    from_role: int
    to_role: int


@dataclass(frozen=True, slots=True)
class RoomChanges:
    """What is new in the list, which clients come and go, and which other components change."""

    added: tuple[UserRolePair, ...] = ()
    removed: tuple[UserRolePair, ...] = ()
    """With the role that each had."""
    changed: tuple[RoleChange, ...] = ()
    added_clients: tuple[str, ...] = ()
    removed_clients: tuple[str, ...] = ()
    replaced: frozenset[int] = frozenset()
    """Components that get other data, but for the participant list."""


def changes_in(proposals: Sequence[Proposed], state: RoomState) -> RoomChanges:
    """What these proposals change in the room, which must be able to take them (`RoomState.after`)."""
    updates = [item.proposal for item in proposals if isinstance(item.proposal, AppDataUpdate)]
    of_list = [
        decode(ParticipantListUpdate, update.operation.update)
        for update in updates
        if update.component_id == ComponentID.participant_list and isinstance(update.operation, ComponentUpdate)
    ]
    pairs = state.committed.participants
    return RoomChanges(
        added=tuple(chain.from_iterable(update.added_participants for update in of_list)),
        removed=tuple(pairs[index] for update in of_list for index in update.removed_indices if index < len(pairs)),
        changed=tuple(
            RoleChange(pairs[change.user_index].user, pairs[change.user_index].role_index, change.role_index)
            for update in of_list
            for change in update.changed_role_participants
            if change.user_index < len(pairs)
        ),
        added_clients=tuple(
            identity_of(item.proposal.key_package.leaf_node.credential).decode(errors="replace")
            for item in proposals
            if isinstance(item.proposal, Add)
        ),
        removed_clients=tuple(
            state.clients[index] for item in proposals for index in _removed(item) if index in state.clients
        ),
        replaced=frozenset(update.component_id for update in updates) - {ComponentID.participant_list},
    )


def _removed(item: Proposed) -> tuple[int, ...]:
    if isinstance(item.proposal, Remove):
        return (item.proposal.removed,)
    if isinstance(item.proposal, SelfRemove) and isinstance(item.sender, MemberSender):
        return (item.sender.leaf_index,)
    return ()
