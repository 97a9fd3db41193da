"""Whether an actor may change a room as its proposals say: the capabilities and role changes of its role ([RP]).

The hub enforces this ([P] 9): for proposals when they come, for what a commit brings by value with the committer as the
actor. What holds of a room whoever changes it is in `invariants`.
"""

from collections.abc import Sequence

from simulator.codec import decode
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.room.capabilities import Capability, shown
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate
from simulator.drafts.mimi_protocol_06.room.roles import BANNED, NO_ROLE, Role
from simulator.drafts.mimi_protocol_06.room.room_changes import RoleChange, RoomChanges, changes_in
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, RoomState, user_of
from simulator.drafts.mimi_protocol_06.room.rule import policy_rule
from simulator.mls.proposals.app_data_update import ComponentUpdate
from simulator.rules import Rule, check

ADD = policy_rule("P6-6-ADD-PARTICIPANT", part="CAPABILITY")
ADD_ROLE = policy_rule("P6-6-ADD-PARTICIPANT", part="ROLE")
ADD_OWN_CLIENT = policy_rule("P6-6-ADD-CLIENT", part="OWN")
ADD_CLIENT = policy_rule("P6-6-ADD-CLIENT", part="ANOTHERS")
REMOVE = policy_rule("P6-6-REMOVE-PARTICIPANT", part="CAPABILITY")
REMOVE_ROLE = policy_rule("P6-6-REMOVE-PARTICIPANT", part="ROLE")
REMOVE_CLIENTS = policy_rule("P6-6-REMOVE-PARTICIPANT", part="CLIENTS")
LEAVE = policy_rule("P6-6-LEAVE", part="CAPABILITY")
LEAVE_ROLE = policy_rule("P6-6-LEAVE", part="ROLE")
LEAVE_CLIENTS = policy_rule("P6-6-LEAVE", part="CLIENTS")
REMOVE_OWN_CLIENT = policy_rule("P6-6-REMOVE-CLIENT", part="OWN")
KICK = policy_rule("P6-6-REMOVE-CLIENT", part="ANOTHERS")
CHANGE_ROLE = policy_rule("P6-6-CHANGE-ROLE", part="CAPABILITY")
CHANGE_ROLES = policy_rule("P6-6-CHANGE-ROLE", part="ROLE")
BAN = policy_rule("P6-6-BAN", part="CAPABILITY")
BAN_CLIENTS = policy_rule("P6-6-BAN", part="CLIENTS")
UNBAN = policy_rule("P6-6-UNBAN")
OWN_ROLE = policy_rule("P6-6-OWN-ROLE", part="CAPABILITY")
OWN_ROLE_PREAUTHORIZED = policy_rule("P6-6-OWN-ROLE", part="PREAUTHORIZED")
METADATA = policy_rule("P6-6-METADATA")
ROLES = policy_rule("P6-6-ROLES", part="CAPABILITY")
ROLES_ALONE = policy_rule("P6-6-ROLES", part="ALONE")
PREAUTH = policy_rule("P6-6-PREAUTH", part="CAPABILITY")
PREAUTH_ALONE = policy_rule("P6-6-PREAUTH", part="ALONE")
BASE_POLICY = policy_rule("P6-6-BASE-POLICY")

_FIELDS = {
    "room_name": Capability.change_room_name,
    "room_descriptions": Capability.change_room_description,
    "room_avatar": Capability.change_room_avatar,
    "room_subject": Capability.change_room_subject,
    "room_mood": Capability.change_room_mood,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes a room: a client of a user, or a server that is an external sender of the group."""

    identity: str
    """The URI in its credential."""
    is_server: bool = False

    @property
    def user(self) -> str | None:
        """The user whose client it is; None for a server."""
        return None if self.is_server else user_of(self.identity)

    @property
    def names(self) -> tuple[str, ...]:
        """What claims may be about: its credential's identity and, of a client, its user."""
        return (self.identity,) if self.user is None else (self.identity, self.user)

    def role_in(self, state: RoomState) -> Role:
        """The role by which it acts: its user's, or for a server the one that preauthorization gives it."""
        if self.user is not None:
            return state.role_of(self.user)
        return state.roles.role(state.preauth.role_for(*self.names))


@dataclass(frozen=True, slots=True)
class _Judged:
    """An actor with its role, and the room before and after what it does."""

    actor: Actor
    role: Role
    changes: RoomChanges
    before: RoomState
    after: RoomState

    def can(self, rule: Rule, *alternatives: tuple[Capability, ...], what: str) -> None:
        """Refuse unless the actor has all capabilities of one alternative."""
        has = any(all(self.role.can(each) for each in needed) for needed in alternatives)
        wanted = " or ".join(" and ".join(shown(each) for each in needed) for needed in alternatives)
        check(rule, has, f"{self} may not {what}: it lacks {wanted}")

    def may_change(self, rule: Rule, from_role: int, to_role: int, what: str) -> None:
        """Refuse unless the actor's role authorizes this change of a role."""
        may = self.role.may_change(from_role, to_role)
        check(rule, may, f"{self} may not {what}: its role authorizes no change from role {from_role} to {to_role}")

    def __str__(self) -> str:
        return f"{self.actor.identity} (role {self.role.role_index})"


def judge(actor: Actor, proposals: Sequence[Proposed], state: RoomState) -> RoomState:
    """The room with these proposals, which come from the actor together, accepted too.

    Raises Refusal (not_authorized) for what the actor's role does not allow, and an MLSError for updates that can't be
    in one commit with what was accepted before.
    """
    after = state.after(proposals)
    changes = changes_in(proposals, state)
    judged = _Judged(actor, actor.role_in(state), changes, state, after)
    _judge_additions(judged)
    _judge_removals(judged)
    for change in changes.changed:
        _judge_role_change(change, judged)
    _judge_definitions(judged)
    return after


def _judge_additions(judged: _Judged) -> None:
    changes, actor = judged.changes, judged.actor
    for pair in changes.added:
        alternatives = [(Capability.add_participant,), *([(Capability.ban,)] if pair.role_index == BANNED else [])]
        judged.can(ADD, *alternatives, what=f"add {pair.user}")
        judged.may_change(ADD_ROLE, NO_ROLE, pair.role_index, f"add {pair.user}")
    new = {pair.user for pair in changes.added}
    for client in changes.added_clients:
        user = user_of(client)
        if user in new or not judged.after.takes_part(user):  # the latter is for the invariants
            continue
        if user == actor.user:
            judged.can(ADD_OWN_CLIENT, (Capability.add_own_client,), what=f"add {client}")
        else:
            judged.can(ADD_CLIENT, (Capability.add_participant,), what=f"add {client}")
            judged.may_change(ADD_CLIENT, NO_ROLE, judged.after.role_of(user).role_index, f"add {client}")


def _judge_removals(judged: _Judged) -> None:
    changes, actor = judged.changes, judged.actor
    for pair in changes.removed:
        leaves = pair.user == actor.user
        capability, arc, clients = (
            (LEAVE, LEAVE_ROLE, LEAVE_CLIENTS) if leaves else (REMOVE, REMOVE_ROLE, REMOVE_CLIENTS)
        )
        needed = Capability.remove_self if leaves else Capability.remove_participant
        what = "leave" if leaves else f"remove {pair.user}"
        judged.can(capability, (needed,), what=what)
        judged.may_change(arc, pair.role_index, NO_ROLE, what)
        left = judged.after.users[pair.user]
        check(clients, left == 0, f"{pair.user} is no participant any more, but {left} of its clients stay")
    for client in changes.removed_clients:
        user = user_of(client)
        if not judged.after.takes_part(user):  # that goes with a removal or a ban, which was judged
            continue
        if user == actor.user:
            judged.can(REMOVE_OWN_CLIENT, (Capability.remove_own_client,), what=f"remove {client}")
        else:
            judged.can(KICK, (Capability.kick,), what=f"remove {client}")


def _judge_role_change(change: RoleChange, judged: _Judged) -> None:
    if change.user == judged.actor.user:
        judged.can(OWN_ROLE, (Capability.change_own_role,), what="change its own role")
        given = judged.before.preauth.role_for(*judged.actor.names)
        words = f"{judged} takes role {change.to_role}, but preauthorization gives it {given}"
        check(OWN_ROLE_PREAUTHORIZED, given == change.to_role, words)
        return
    what = f"change the role of {change.user} from {change.from_role} to {change.to_role}"
    if change.to_role == BANNED:
        judged.can(BAN, (Capability.ban,), (Capability.change_user_role, Capability.kick), what=f"ban {change.user}")
        left = judged.after.users[change.user]
        check(BAN_CLIENTS, left == 0, f"{change.user} is banned, but {left} of its clients stay")
    elif change.from_role == BANNED:
        judged.can(UNBAN, (Capability.un_ban,), (Capability.change_user_role,), what=f"unban {change.user}")
    else:
        judged.can(CHANGE_ROLE, (Capability.change_user_role,), what=what)
    judged.may_change(CHANGE_ROLES, change.from_role, change.to_role, what)


def _judge_definitions(judged: _Judged) -> None:
    changes, before, after = judged.changes, judged.before, judged.after
    if ComponentID.room_metadata in changes.replaced:
        for field, capability in _FIELDS.items():
            if getattr(before.metadata, field) != getattr(after.metadata, field):
                judged.can(METADATA, (capability,), what=f"change the {field.replace('_', ' ')}")
    if ComponentID.roles_list in changes.replaced:
        judged.can(ROLES, (Capability.change_role_definitions,), what="define roles")
    if ComponentID.preauth_list in changes.replaced:
        judged.can(PREAUTH, (Capability.change_preauthorized_user_list,), what="preauthorize users")
    if ComponentID.base_room_policy in changes.replaced:
        judged.can(BASE_POLICY, (Capability.change_room_membership_style,), what="change the base policy")
    lists = _list_updates(after)
    if ComponentID.roles_list in after.updated:
        check(ROLES_ALONE, not lists, "role definitions and the participant list change in one commit")
    if ComponentID.preauth_list in after.updated:
        only_removals = all(not (each.changed_role_participants or each.added_participants) for each in lists)
        words = "beside preauthorized users the participant list changes otherwise than by removals"
        check(PREAUTH_ALONE, only_removals, words)


def _list_updates(state: RoomState) -> tuple[ParticipantListUpdate, ...]:
    return tuple(
        decode(ParticipantListUpdate, update.operation.update)
        for update in state.updates
        if update.component_id == ComponentID.participant_list and isinstance(update.operation, ComponentUpdate)
    )
