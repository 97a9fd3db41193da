"""Who may do what by its role without changing the room for others: join, add, send, report ([RP])."""

from collections.abc import Sequence

from simulator.drafts.mimi_protocol_06.room.capabilities import Capability
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.participant_list import UserRolePair
from simulator.drafts.mimi_protocol_06.room.roles import NO_ROLE
from simulator.drafts.mimi_protocol_06.room.room_changes import RoomChanges, changes_in
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, RoomState, user_of
from simulator.drafts.mimi_protocol_06.room.rule import policy_rule
from simulator.rules import check

JOIN_LISTED = policy_rule("P6-6-JOIN-LISTED")
JOIN_UNLISTED = policy_rule("P6-6-JOIN-UNLISTED")
JOIN_ALONE = policy_rule("P6-6-JOIN-ALONE")


def may_send(user: str, state: RoomState) -> bool:
    """Whether a user may send application messages: it has a client in the group, and canSendMessage."""
    return state.users[user] > 0 and _active_and_can(user, Capability.send_message, state)


def requires_franking(state: RoomState) -> bool:
    """Whether messages in the room need a franking tag: it is so where franking is among the room's policies."""
    return ComponentID.franking_signature_key in state.base_policy.policy_component_ids


def may_report(user: str, state: RoomState) -> bool:
    """Whether a user may report abuse in the room."""
    return _active_and_can(user, Capability.report_abuse, state)


def may_add(user: str, state: RoomState) -> bool:
    """Whether a user may add others at all, so that it has use for their KeyPackages."""
    return _active_and_can(user, Capability.add_participant, state)


def may_join(client: str, state: RoomState) -> bool:
    """Whether a client may join by an external commit, so that it may learn what that takes."""
    user = user_of(client)
    if state.participants.role_of(user) is not None:
        return _active_and_can(user, Capability.add_own_client, state)
    role = state.roles.role(NO_ROLE)
    return role.can(Capability.open_join) or _preauthorized_role(client, state) is not None


def joining_role(client: str, state: RoomState) -> int | None:
    """The role in which a client's user, who is not listed, may join: the first by preauthorization, or else by an open
    room's role 0. None if there is none.
    """
    preauthorized = _preauthorized_role(client, state)
    if preauthorized is not None:
        return preauthorized
    nobody = state.roles.role(NO_ROLE)
    if not nobody.can(Capability.open_join):
        return None
    targets = (each.target_role_indexes for each in nobody.authorized_role_changes if each.from_role_index == NO_ROLE)
    return next((target for several in targets for target in several if target != NO_ROLE), None)


def judge_join(client: str, proposals: Sequence[Proposed], state: RoomState) -> None:
    """Whether a client may join by an external commit with these proposals by value. Raises Refusal (not_authorized).

    Preauthorization is only asked for who is not listed: the banned are. That the commit removes nobody else's leaf is
    up to MLS (RFC 9420 12.2).
    """
    user = user_of(client)
    changes = changes_in(proposals, state)
    if state.participants.role_of(user) is not None:
        _judge_listed(client, changes, state)
    else:
        _judge_unlisted(client, changes, state)


def _judge_listed(client: str, changes: RoomChanges, state: RoomState) -> None:
    user = user_of(client)
    may = _active_and_can(user, Capability.add_own_client, state)
    words = (
        f"{client} may not join: role {state.role_of(user).role_index} of its user may not be active, or add clients"
    )
    check(JOIN_LISTED, may, words)
    check(JOIN_ALONE, not _changes_room(changes), f"{client} changes the room by its external commit")


def _judge_unlisted(client: str, changes: RoomChanges, state: RoomState) -> None:
    user = user_of(client)
    rest = RoomChanges(
        added=tuple(pair for pair in changes.added if pair.user != user),
        removed=changes.removed,
        changed=changes.changed,
        replaced=changes.replaced,
    )
    check(JOIN_ALONE, not _changes_room(rest), f"{client} changes more than its own part by its external commit")
    own = next((pair for pair in changes.added if pair.user == user), UserRolePair(user, NO_ROLE))
    nobody = state.roles.role(NO_ROLE)
    openly = nobody.can(Capability.open_join) and nobody.may_change(NO_ROLE, own.role_index)
    may = own.role_index != NO_ROLE and (openly or own.role_index == _preauthorized_role(client, state))
    check(JOIN_UNLISTED, may, f"{user} takes no part in the room and may not join it as role {own.role_index}")


def _preauthorized_role(client: str, state: RoomState) -> int | None:
    index = state.preauth.role_for(client, user_of(client))
    if index is None or not state.roles.role(index).can(Capability.join_if_preauthorized):
        return None
    return index


def _active_and_can(user: str, capability: Capability, state: RoomState) -> bool:
    return state.takes_part(user) and state.role_of(user).can(capability)


def _changes_room(changes: RoomChanges) -> bool:
    return bool(changes.added or changes.removed or changes.changed or changes.replaced or changes.added_clients)
