"""Whether KeyPackages are those of whom one wanted to add: the provider that hands them out is not believed.

What no check of ours can find is a provider that invents a client of its own user: with BasicCredentials that provider
is the authority on who its users' clients are. From the second group on, the key gives it away.
"""

from collections.abc import Sequence

from simulator.clients.client_state import ClientState
from simulator.drafts.mls_profile import REGULAR
from simulator.errors import SimulatorError
from simulator.mls.joining.key_package import KeyPackage
from simulator.rules import Rule, check, refuse
from simulator.services.members import client_of
from simulator.services.names import BadName, parse_client

CLIENTS = "clients"
"""The source of rules by which clients of ours judge what others send them, where no document says it."""

MOST_CLIENTS = 64
"""Of one user. Its provider alone says how many there are, and whoever adds the user checks two signatures of each and
seals a secret to each, at once."""


class SubstitutedKeyPackage(SimulatorError):
    """KeyPackages for `group` that are not those asked for; `rule` is a short stable slug."""

    def __init__(self, group: str, rule: str, text: str) -> None:
        super().__init__(f"{text} ({rule})")
        self.group = group
        self.rule = rule


def _rule(slug: str, text: str, *, essential: str | None = None) -> Rule:
    """The rule whose breach is a SubstitutedKeyPackage with this slug; a check says for which `group`."""

    def broken(words: str, *, group: str) -> SubstitutedKeyPackage:
        return SubstitutedKeyPackage(group, slug, words)

    name = f"SUBSTITUTED-{slug.upper().replace('_', '-')}"
    return Rule(name, broken, essential=essential, text=text, source=CLIENTS, section="KeyPackages")


FEW = _rule("too_many_clients", "A provider hands out KeyPackages of no more clients than a user may have.")
SAME_USER = _rule("other_user", "A provider hands out KeyPackages of clients of the user that was asked for.")
ASKED = _rule("other_client", "A provider hands out KeyPackages of the clients that were asked for.")
ALL = _rule("client_missing", "A provider hands out a KeyPackage of each client that was asked for.")
NAMED = _rule("no_client", "A KeyPackage names the client whose it is.", essential="nobody is named")
ONCE = _rule("client_twice", "A provider hands out one KeyPackage of a client.")
SAME_KIND = _rule("wrong_kind", "A provider hands out KeyPackages of the kind that was asked for.")
SAME_KEY = _rule("key_changed", "A client has the signature key by which others know it from a group.")


def check_key_packages_of_user(
    state: ClientState, group: str, user: str, found: Sequence[KeyPackage], *, kind: str
) -> None:
    """Whether all of `found` are KeyPackages of different clients of `user`, no more than a user may have.

    Raises SubstitutedKeyPackage.
    """
    words = f"{user} has {len(found)} clients, and {MOST_CLIENTS} of one user are the most that we add"
    check(FEW, len(found) <= MOST_CLIENTS, words, group=group)
    clients = _clients(group, found)
    for client in clients:
        same = parse_client(client).user == user
        check(SAME_USER, same, f"asked for {user}, got a KeyPackage of {client}", group=group)
    _check(state, group, clients, found, kind)


def check_key_packages_of_clients(
    state: ClientState, group: str, asked: Sequence[str], found: Sequence[KeyPackage]
) -> None:
    """Whether `found` has one KeyPackage of each of the clients `asked` for. Raises SubstitutedKeyPackage."""
    clients = _clients(group, found)
    for client in clients:
        check(ASKED, client in asked, f"asked for {', '.join(asked)}, got a KeyPackage of {client}", group=group)
    for client in asked:
        check(ALL, client in clients, f"got no KeyPackage of {client}", group=group)
    _check(state, group, clients, found, REGULAR)


def _clients(group: str, found: Sequence[KeyPackage]) -> list[str]:
    clients: list[str] = []
    for key_package in found:
        client = client_of(key_package.leaf_node)
        try:
            parse_client(client)
        except BadName as error:
            refuse(NAMED, f"a KeyPackage is nobody's: {error}", error, group=group)
        check(ONCE, client not in clients, f"got two KeyPackages of {client}", group=group)
        clients.append(client)
    return clients


def _check(state: ClientState, group: str, clients: Sequence[str], found: Sequence[KeyPackage], kind: str) -> None:
    for client, key_package in zip(clients, found, strict=True):
        leaf = key_package.leaf_node
        same = state.draft.mls.kind_of(leaf) == kind
        check(SAME_KIND, same, f"asked for a {kind} KeyPackage of {client}, got one of the other kind", group=group)
        known = _keys_of(state, client)
        words = f"{client} is in a group of ours with another signature key than in this KeyPackage"
        check(SAME_KEY, not known or leaf.signature_key in known, words, group=group)


def _keys_of(state: ClientState, client: str) -> list[bytes]:
    """The signature keys with which a client is in our groups."""
    identity = client.encode()
    publics = [
        public for group in state.groups.values() if identity in (public := group.state.public).roster.identities
    ]
    return [member.leaf_node.signature_key for public in publics if (member := public.find(identity)) is not None]
