"""Who takes part in a room, and in which role ([P] 7.5)."""

from collections import Counter
from collections.abc import Iterator, Sequence

from simulator.codec import struct, uint32, utf8
from simulator.drafts.mimi_protocol_06.room.rule import COMPONENTS_PAGE, room_rule
from simulator.mls.errors import InvalidProposal
from simulator.rules import check
from simulator.services.names import BadName, user_provider

INDEX = room_rule("P6-5-LIST-INDEX", COMPONENTS_PAGE)
TOUCHED_ONCE = room_rule("P6-5-LIST-TOUCHED-ONCE", COMPONENTS_PAGE)
NEW_USER = room_rule("P6-5-LIST-NEW-USER", COMPONENTS_PAGE)
USER_URI = room_rule("P6-5-LIST-USER-URI", COMPONENTS_PAGE)
SOME_ROLE = room_rule("P6-5-LIST-ROLE", COMPONENTS_PAGE)


# [P] 7.5
# struct {
#     opaque user<V>;
#     uint32 role_index;
# } UserRolePair;
@struct
class UserRolePair:
    user: utf8
    role_index: uint32


# [P] 7.5
# struct {
#     UserRolePair participants<V>;
# } ParticipantListData;
@struct
class ParticipantListData:
    participants: tuple[UserRolePair, ...]

    def role_of(self, user: str) -> int | None:
        """The index of a user's role, or None for who does not take part."""
        return next((pair.role_index for pair in self.participants if pair.user == user), None)

    def index_of(self, user: str) -> int | None:
        """At which place of the list a user stands, or None."""
        return next((index for index, pair in enumerate(self.participants) if pair.user == user), None)


# [P] 7.5
# struct {
#     uint32 user_index;
#     uint32 role_index;
# } UserindexRolePair;
@struct
class UserindexRolePair:
    user_index: uint32
    role_index: uint32


# [P] 7.5
# struct {
#     UserindexRolePair changedRoleParticipants<V>;
#     uint32 removedIndices<V>;
#     UserRolePair addedParticipants<V>;
# } ParticipantListUpdate;
@struct
class ParticipantListUpdate:
    """Indices mean the list of the epoch that ends."""

    changed_role_participants: tuple[UserindexRolePair, ...] = ()
    removed_indices: tuple[uint32, ...] = ()
    added_participants: tuple[UserRolePair, ...] = ()


def apply_list_updates(listed: ParticipantListData, updates: Sequence[ParticipantListUpdate]) -> ParticipantListData:
    """The list after all updates of one commit, which are one change: role changes, then removals (the rest closes up),
    then additions in order.

    Raises InvalidProposal (`participant_list_invalid`).
    """
    check_list_updates(listed, updates)
    roles = {pair.user_index: pair.role_index for update in updates for pair in update.changed_role_participants}
    gone = {index for update in updates for index in update.removed_indices}
    kept = (
        UserRolePair(pair.user, roles.get(index, pair.role_index))
        for index, pair in enumerate(listed.participants)
        if index not in gone
    )
    return ParticipantListData((*kept, *(pair for update in updates for pair in update.added_participants)))


def check_list_updates(listed: ParticipantListData, updates: Sequence[ParticipantListUpdate]) -> None:
    """Whether all updates of one commit make one change of this list. Raises InvalidProposal."""
    touched = Counter(_touched(listed, updates))
    twice = next((user for user, times in touched.items() if times > 1), None)
    check(TOUCHED_ONCE, twice is None, f"two changes of one commit are about {twice}", kind=InvalidProposal)
    users = {pair.user for pair in listed.participants}
    for update in updates:
        for added in update.added_participants:
            check(NEW_USER, added.user not in users, f"{added.user} takes part already", kind=InvalidProposal)
            check(USER_URI, _is_user(added.user), f"{added.user[:80]!r} is no user", kind=InvalidProposal)
            _check_role(added.user, added.role_index)
        for changed in update.changed_role_participants:
            _check_role(f"the user at {changed.user_index}", changed.role_index)


def _touched(listed: ParticipantListData, updates: Sequence[ParticipantListUpdate]) -> Iterator[str]:
    """Whom updates are about, once for each time."""
    for update in updates:
        changed = (pair.user_index for pair in update.changed_role_participants)
        for index in (*changed, *update.removed_indices):
            count = len(listed.participants)
            if check(INDEX, index < count, f"there is no place {index} in a list of {count}", kind=InvalidProposal):
                yield listed.participants[index].user
        yield from (pair.user for pair in update.added_participants)


def _check_role(user: str, role_index: int) -> None:
    check(SOME_ROLE, role_index != 0, f"{user} can't have role 0, which is for nobody", kind=InvalidProposal)


def _is_user(uri: str) -> bool:
    try:
        user_provider(uri)
    except BadName:
        return False
    return True
