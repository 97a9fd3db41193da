"""A room as it stands: what its GroupContext says, and what has been accepted since ([P] 7.1)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.component_updates import COMPONENTS, component_value
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListData
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData
from simulator.drafts.mimi_protocol_06.room.roles import Role, RoleData
from simulator.mls.errors import InvalidCommit, MLSError
from simulator.mls.extensions.app_data_dictionary import component_data, dictionary_extension
from simulator.mls.extensions.components import apply_app_data_updates
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import MemberSender, Sender
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.proposals import Add, Proposal, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import identity_of
from simulator.services.members import uri_of
from simulator.services.names import BadName, parse_client


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with its sender; by value that is the committer."""

    proposal: Proposal
    sender: Sender


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room and who is in its group. Users and clients are URIs."""

    committed: ParticipantListData
    """The list in the GroupContext, whose places the indices of updates mean."""
    participants: ParticipantListData
    """The same with what has been accepted since."""
    roles: RoleData
    preauth: PreAuthData
    base_policy: BaseRoomPolicy
    metadata: RoomMetaData
    clients: Mapping[int, str]
    """Who is in the group, by leaf index."""
    leaving: frozenset[int] = frozenset()
    """Leaf indices of those that proposals remove."""
    joining: tuple[str, ...] = ()
    """Clients that proposals add."""
    updates: tuple[AppDataUpdate, ...] = ()
    """What has been accepted since the epoch began, in order."""
    data: Mapping[int, bytes] | None = None
    """What each component keeps in the GroupContext."""

    def role_of(self, user: str) -> Role:
        """The role of a user; for who does not take part that of nobody, role 0."""
        return self.roles.role(self.participants.role_of(user) or 0)

    def takes_part(self, user: str) -> bool:
        """Whether a user is in the list in a role that may be active: the banned are not."""
        return self.participants.role_of(user) is not None and self.role_of(user).may_be_active

    @property
    def users(self) -> Counter[str]:
        """How many clients each user has in the group, once the proposals are committed."""
        staying = (uri for index, uri in self.clients.items() if index not in self.leaving)
        return Counter(user_of(uri) for uri in (*staying, *self.joining))

    @property
    def updated(self) -> frozenset[int]:
        """Which components the accepted updates change."""
        return frozenset(update.component_id for update in self.updates)

    def after(self, proposals: Sequence[Proposed]) -> "RoomState":
        """The room with these proposals accepted too.

        Raises an MLSError for updates that don't fit into one commit with those accepted before.
        """
        own = tuple(item.proposal for item in proposals if isinstance(item.proposal, AppDataUpdate))
        removed = {item.proposal.removed for item in proposals if isinstance(item.proposal, Remove)}
        gone = {
            item.sender.leaf_index
            for item in proposals
            if isinstance(item.proposal, SelfRemove) and isinstance(item.sender, MemberSender)
        }
        added = (
            identity_of(item.proposal.key_package.leaf_node.credential).decode(errors="replace")
            for item in proposals
            if isinstance(item.proposal, Add)
        )
        state = replace(self, leaving=self.leaving | removed | gone, joining=(*self.joining, *added))
        return state._updated((*self.updates, *own)) if own else state

    def _updated(self, updates: tuple[AppDataUpdate, ...]) -> "RoomState":
        kept = dictionary_extension(self.data or {})
        changed = apply_app_data_updates((kept,), updates, COMPONENTS)
        data = component_data(changed, InvalidCommit)
        values = _values(data, InvalidCommit)
        return replace(
            self,
            participants=values.committed,
            roles=values.roles,
            preauth=values.preauth,
            base_policy=values.base_policy,
            metadata=values.metadata,
            updates=updates,
        )


def room_state(group: PublicGroup, queued: Sequence[Proposed] | None = None) -> RoomState:
    """The room of a group with `queued` proposals, by default all that wait in it.

    Raises InvalidCommit for a group that is no room, and what `RoomState.after` raises.
    """
    waiting = [Proposed(stored.proposal, stored.sender) for stored in group.proposals.values()]
    return committed_state(group).after(waiting if queued is None else queued)


def committed_state(group: PublicGroup, kind: type[MLSError] = InvalidCommit) -> RoomState:
    """The room of a group as its GroupContext has it. Raises an error of this kind where it is no room."""
    return state_in(group.context.extensions, {member.leaf_index: uri_of(member) for member in group.members()}, kind)


def state_in(extensions: Sequence[Extension], clients: Mapping[int, str], kind: type[MLSError]) -> RoomState:
    """The room that these GroupContext extensions describe, with these clients in the group. Raises that kind."""
    data = component_data(extensions, kind)
    return replace(_values(data, kind), clients=clients, data=data)


def _values(data: Mapping[int, bytes], kind: type[MLSError]) -> RoomState:
    listed = component_value(ParticipantListData, data.get(ComponentID.participant_list), kind)
    return RoomState(
        committed=listed,
        participants=listed,
        roles=component_value(RoleData, data.get(ComponentID.roles_list), kind),
        preauth=component_value(PreAuthData, data.get(ComponentID.preauth_list), kind),
        base_policy=component_value(BaseRoomPolicy, data.get(ComponentID.base_room_policy), kind),
        metadata=component_value(RoomMetaData, data.get(ComponentID.room_metadata), kind),
        clients={},
    )


def user_of(client: str) -> str:
    """The user of a client; what is no client's name counts as a user of its own."""
    try:
        return parse_client(client).user
    except BadName:
        return client


def clients_of(user: str, state: RoomState) -> tuple[int, ...]:
    """The leaf indices of a user's clients in the epoch."""
    return tuple(_leaves(user, state.clients.items()))


def _leaves(user: str, clients: Iterable[tuple[int, str]]) -> Iterable[int]:
    return (index for index, uri in clients if user_of(uri) == user)
