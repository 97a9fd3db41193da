"""Adding all clients of one or more users ([DS] Add users to a group)."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.clients.client_state import ClientState
from simulator.clients.key_package_checks import check_key_packages_of_user
from simulator.clients.members import own_leaf, provider_of
from simulator.clients.operations.operation import Prepared, group_update
from simulator.mls.key_package import KeyPackage
from simulator.mls.proposals import Add
from simulator.services import commands
from simulator.services.commands import FetchConnectionKeyPackages, FetchGroupKeyPackages
from simulator.services.extensions import is_connection


@dataclass(frozen=True, slots=True)
class AddUsers:
    """Users are URIs. In a connection group their connection KeyPackages are used, else their regular ones."""

    group: str
    users: tuple[str, ...]
    key_packages: tuple[KeyPackage, ...] | None = None
    """What to add them by; None to fetch it now."""

    async def prepare(self, state: ClientState) -> Prepared:
        """Fetch a KeyPackage of each client from the users' providers, and commit the Adds.

        Raises SubstitutedKeyPackage too.
        """
        group = state.group(self.group)
        fetched = self.key_packages
        if fetched is None:
            connection = is_connection(own_leaf(group).extensions)
            fetched = await fetch_key_packages(state, self.group, self.users, connection=connection)
        return commit_adds(state, self.group, commands.AddUsers, fetched)


async def fetch_key_packages(
    state: ClientState, group: str, users: Sequence[str], *, connection: bool
) -> tuple[KeyPackage, ...]:
    """One KeyPackage of each client of these users, from their providers, for `group` (empty if there is none yet).

    Raises SubstitutedKeyPackage, Refusal, BadAnswer or TransportError.
    """
    fetch = FetchConnectionKeyPackages if connection else FetchGroupKeyPackages
    fetched: list[KeyPackage] = []
    for user in users:
        found = await state.home.key_packages(fetch(state.user, user))
        check_key_packages_of_user(state, group, user, found, connection=connection)
        fetched += found
    return tuple(fetched)


def commit_adds(
    state: ClientState,
    uri: str,
    command: type[commands.AddUsers] | type[commands.AddClients],
    key_packages: Sequence[KeyPackage],
) -> Prepared:
    """Commit an Add for each KeyPackage, with one Welcome for each provider that gains clients."""
    group = state.group(uri)
    adds = tuple(Add(key_package) for key_package in key_packages)
    bundle = group.commit(adds, state.rand, state.now(), welcome_per=provider_of)
    outgoing = state.write_as_member(command(group_update(bundle), bundle.welcomes), group)
    return Prepared(uri, outgoing, bundle.next)
