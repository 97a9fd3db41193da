"""Connection groups: for two users who agree to know each other, and for nobody else ([DS] Terminology).

Their owner sees to that (PROTOCOL.md 4.2). But who invites, and who else comes in later, is the owner's word alone, so
the invited client and every member look for themselves.
"""

from simulator.drafts.mimi_transport_00.extensions import is_connection
from simulator.mls.errors import InvalidWelcome, MLSError
from simulator.mls.public_group import PublicGroup
from simulator.mls.remembered import Remembered
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.rules import Rule, check
from simulator.services.members import users_of
from simulator.services.names import BadName, group_provider, user_provider


def client_rule(requirement: str, slug: str, section: str, part: str) -> Rule:
    """The rule whose breach a client rejects by this slug; a check may name another `kind` of error."""

    def broken(words: str, *, kind: type[MLSError] = InvalidWelcome) -> MLSError:
        return kind(slug, section, words)

    return Rule(requirement, broken, part)


TWO_USERS = client_rule("P-5-CONNECTION-OWNER", "connection_users", "PROTOCOL.md section 5", "TWO-USERS")
OWN_USER = client_rule("P-5-CONNECTION-OWNER", "connection_users", "PROTOCOL.md section 5", "OWN-USER")
SAME_USERS = client_rule("DS-TERMS-CONNECTION-GROUP", "connection_users", "PROTOCOL.md section 4.2", "MEMBERS")


_CONNECTIONS: Remembered[bool] = Remembered(8)
"""Whether a tree is that of a connection group: all members of one epoch ask."""


def check_invitation(public: PublicGroup, user: str) -> None:
    """Whether `user` can agree to be in this connection group: with one other user, of the provider that owns it.

    Who asks for a connection creates the group at its own provider ([DS] Connection establishment flow). Any other
    provider could put anybody's name into the group's tree, and a key of its own. Raises InvalidWelcome.
    """
    others = sorted(set(users_of(public)) - {user})
    words = f"a connection group is for two users, and in this one are also {', '.join(others) or 'none'}"
    check(TWO_USERS, len(others) == 1, words)
    owner = group_provider(public.group_id)
    for other in others:
        words = f"{owner} can't ask for a connection in the name of {other}, who is not its user"
        check(OWN_USER, _is_user_of(other, owner), words)


def check_users(after: PublicGroup, before: PublicGroup | None, kind: type[MLSError]) -> None:
    """Whether a connection group stays one of the same two users; `before` is what the client knew of it, if anything.

    Raises an error of this kind.
    """
    if not _CONNECTIONS.of(_is_for_connection, (before or after).tree):
        return
    users = set(users_of(after))
    known = set(users_of(before)) if before is not None else users
    new = sorted(users - known)
    words = f"a connection group is for two users: {', '.join(new or sorted(users))} can't come into this one"
    check(SAME_USERS, len(users | known) <= 2, words, kind=kind)


def _is_for_connection(tree: RatchetTree) -> bool:
    return any(is_connection(leaf.extensions) for _, leaf in tree.leaves())


def _is_user_of(user: str, provider: str) -> bool:
    try:
        return user_provider(user) == provider
    except BadName:
        return False
