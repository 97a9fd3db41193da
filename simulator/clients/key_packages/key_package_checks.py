"""Whether KeyPackages are those of whom one wanted to add: the provider that hands them out is not believed.

What no check of ours can find is a provider that invents a client of its own user: with BasicCredentials that provider
is the authority on who its users' clients are. From the second group on, the key gives it away.
"""

from collections.abc import Sequence

from simulator.clients.client_state import ClientState
from simulator.drafts.mls_profile import REGULAR
from simulator.errors import SimulatorError
from simulator.mls.joining.key_package import KeyPackage
from simulator.services.members import client_of
from simulator.services.names import BadName, parse_client

MOST_CLIENTS = 64
"""Of one user. Its provider alone says how many there are, and whoever adds the user checks two signatures of each and
seals a secret to each, at once."""


class SubstitutedKeyPackage(SimulatorError):
    """KeyPackages for `group` that are not those asked for; `rule` is a short stable slug."""

    def __init__(self, group: str, rule: str, text: str) -> None:
        super().__init__(f"{text} ({rule})")
        self.group = group
        self.rule = rule


def check_key_packages_of_user(
    state: ClientState, group: str, user: str, found: Sequence[KeyPackage], *, kind: str
) -> None:
    """Whether all of `found` are KeyPackages of different clients of `user`, no more than a user may have.

    Raises SubstitutedKeyPackage.
    """
    if len(found) > MOST_CLIENTS:
        text = f"{user} has {len(found)} clients, and {MOST_CLIENTS} of one user are the most that we add"
        raise SubstitutedKeyPackage(group, "too_many_clients", text)
    clients = _clients(group, found)
    for client in clients:
        if parse_client(client).user != user:
            raise SubstitutedKeyPackage(group, "other_user", f"asked for {user}, got a KeyPackage of {client}")
    _check(state, group, clients, found, kind)


def check_key_packages_of_clients(
    state: ClientState, group: str, asked: Sequence[str], found: Sequence[KeyPackage]
) -> None:
    """Whether `found` has one KeyPackage of each of the clients `asked` for. Raises SubstitutedKeyPackage."""
    clients = _clients(group, found)
    for client in clients:
        if client not in asked:
            text = f"asked for {', '.join(asked)}, got a KeyPackage of {client}"
            raise SubstitutedKeyPackage(group, "other_client", text)
    for client in asked:
        if client not in clients:
            raise SubstitutedKeyPackage(group, "client_missing", f"got no KeyPackage of {client}")
    _check(state, group, clients, found, REGULAR)


def _clients(group: str, found: Sequence[KeyPackage]) -> list[str]:
    clients: dict[str, None] = {}
    for key_package in found:
        client = client_of(key_package.leaf_node)
        try:
            parse_client(client)
        except BadName as error:
            raise SubstitutedKeyPackage(group, "no_client", f"a KeyPackage is nobody's: {error}") from error
        if client in clients:
            raise SubstitutedKeyPackage(group, "client_twice", f"got two KeyPackages of {client}")
        clients[client] = None
    return list(clients)


def _check(state: ClientState, group: str, clients: Sequence[str], found: Sequence[KeyPackage], kind: str) -> None:
    for client, key_package in zip(clients, found, strict=True):
        leaf = key_package.leaf_node
        if state.draft.mls.kind_of(leaf) != kind:
            text = f"asked for a {kind} KeyPackage of {client}, got one of the other kind"
            raise SubstitutedKeyPackage(group, "wrong_kind", text)
        known = _keys_of(state, client)
        if known and leaf.signature_key not in known:
            text = f"{client} is in a group of ours with another signature key than in this KeyPackage"
            raise SubstitutedKeyPackage(group, "key_changed", text)


def _keys_of(state: ClientState, client: str) -> list[bytes]:
    """The signature keys with which a client is in our groups."""
    found = (group.public.find(client.encode()) for group in state.groups.values())
    return [member.leaf_node.signature_key for member in found if member is not None]
