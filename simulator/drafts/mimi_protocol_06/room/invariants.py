"""What holds of a room in every epoch, whoever changed it: the hub checks it, and so does each member."""

from collections import Counter

from simulator.drafts.mimi_protocol_06.room.base_policy import Bool
from simulator.drafts.mimi_protocol_06.room.capabilities import Capability
from simulator.drafts.mimi_protocol_06.room.roles import BANNED, NO_ROLE
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState
from simulator.drafts.mimi_protocol_06.room.rule import NOT_A_PARTICIPANT, POLICY_PAGE, room_rule
from simulator.mls.errors import InvalidCommit, MLSError
from simulator.rules import check

MEMBERS_LISTED = room_rule("P6-6-MEMBERS-LISTED", POLICY_PAGE, slug=NOT_A_PARTICIPANT)
ROLE_DEFINED = room_rule("P6-6-ROLE-DEFINED", POLICY_PAGE)
MOST_PARTICIPANTS = room_rule("P6-6-MOST-OF-A-ROLE", POLICY_PAGE, part="PARTICIPANTS")
MOST_ACTIVE = room_rule("P6-6-MOST-OF-A-ROLE", POLICY_PAGE, part="ACTIVE")
MAX_CLIENTS = room_rule("P6-6-MAX-CLIENTS", POLICY_PAGE)
MAX_USERS = room_rule("P6-6-MAX-USERS", POLICY_PAGE)
ONE_DEVICE = room_rule("P6-6-ONE-DEVICE", POLICY_PAGE)
FIXED_LIST = room_rule("P6-6-FIXED-MEMBERSHIP", POLICY_PAGE, part="LIST")
FIXED_ROLES = room_rule("P6-6-FIXED-MEMBERSHIP", POLICY_PAGE, part="ROLES")


def check_invariants(after: RoomState, before: RoomState | None, kind: type[MLSError] = InvalidCommit) -> None:
    """Whether a room may be like this; `before` is how it was when the last epoch began, None for a new one.

    Raises an error of this kind (`not_a_participant`, `participant_list_invalid`).
    """
    users = after.users
    for user in users:
        words = f"a client of {user} is in the group, who is no participant that may be active"
        check(MEMBERS_LISTED, after.takes_part(user), words, kind=kind)
    _check_roles(after, users, kind)
    _check_base_policy(after, users, kind)
    if before is not None and before.base_policy.fixed_membership == Bool.true:
        same = {pair.user for pair in before.participants.participants} == {
            pair.user for pair in after.participants.participants
        }
        check(FIXED_LIST, same, "the participants of this room are fixed", kind=kind)


def _check_roles(after: RoomState, users: Counter[str], kind: type[MLSError]) -> None:
    held: Counter[int] = Counter()
    active: Counter[int] = Counter()
    for pair in after.participants.participants:
        defined = after.roles.find(pair.role_index) is not None and pair.role_index != NO_ROLE
        words = f"{pair.user} has role {pair.role_index}, which the room does not define"
        check(ROLE_DEFINED, defined, words, kind=kind)
        held[pair.role_index] += 1
        active[pair.role_index] += users[pair.user] > 0
    for role in after.roles.roles:
        index, most = role.role_index, role.maximum_participants_constraint
        words = f"{held[index]} participants have role {index}, and {most} are the most"
        check(MOST_PARTICIPANTS, most is None or held[index] <= most, words, kind=kind)
        most = role.maximum_active_participants_constraint
        words = f"{active[index]} active participants have role {index}, and {most} are the most"
        few = most is None or not role.may_be_active or active[index] <= most  # no client may be: MEMBERS_LISTED
        check(MOST_ACTIVE, few, words, kind=kind)


def _check_base_policy(after: RoomState, users: Counter[str], kind: type[MLSError]) -> None:
    policy = after.base_policy
    clients = users.total()
    few = policy.max_clients is None or clients <= policy.max_clients
    check(MAX_CLIENTS, few, f"{clients} clients are in the group, and {policy.max_clients} are the most", kind=kind)
    count = sum(pair.role_index != BANNED for pair in after.participants.participants)
    few = policy.max_users is None or count <= policy.max_users
    check(MAX_USERS, few, f"{count} users take part, and {policy.max_users} are the most", kind=kind)
    several = [user for user, number in users.items() if number > 1]
    single = policy.multi_device == Bool.true or not several
    check(ONE_DEVICE, single, f"{', '.join(several)} may have one client in this room", kind=kind)
    if policy.fixed_membership == Bool.true:
        adding = [
            role.role_index
            for role in after.roles.roles
            if role.role_index not in (NO_ROLE, BANNED) and role.can(Capability.add_participant)
        ]
        words = f"the participants are fixed, but the roles {adding} can add others"
        check(FIXED_ROLES, not adding, words, kind=kind)
