"""Adding all clients of one or more users."""

from collections.abc import Sequence

from simulator.clients.client_state import ClientState
from simulator.clients.key_packages.key_package_checks import check_key_packages_of_user
from simulator.clients.members import own_leaf
from simulator.clients.operations.operation import Prepared, group_update
from simulator.dataclass import dataclass
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.proposals.proposals import Add
from simulator.services import commands
from simulator.services.members import client_of


@dataclass(frozen=True, slots=True)
class AddUsers:
    """Users are URIs; the KeyPackages that are used are of the group's kind."""

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
            kind = state.draft.mls.kind_of(own_leaf(group))
            fetched = await fetch_key_packages(state, self.group, self.users, kind=kind)
        return commit_adds(state, self.group, commands.AddUsers, fetched)


async def fetch_key_packages(
    state: ClientState, group: str, users: Sequence[str], *, kind: str
) -> tuple[KeyPackage, ...]:
    """One KeyPackage of each client of these users, from their providers, for `group` (empty if there is none yet).

    Raises SubstitutedKeyPackage, Refusal, BadAnswer or TransportError.
    """
    fetched: list[KeyPackage] = []
    for user in users:
        found = await state.fetch_key_packages(user, kind, group)
        check_key_packages_of_user(state, group, user, found, kind=kind)
        fetched += found
    return tuple(fetched)


def commit_adds(
    state: ClientState,
    uri: str,
    command: type[commands.AddUsers] | type[commands.AddClients],
    key_packages: Sequence[KeyPackage],
) -> Prepared:
    """Commit an Add for each KeyPackage, and what the draft wants with that."""
    group, mls = state.group(uri), state.draft.mls
    joining = tuple(client_of(key_package.leaf_node) for key_package in key_packages)
    adds = tuple(Add(key_package) for key_package in key_packages)
    bundle = group.commit(
        (*adds, *mls.roster_change(group.public, adds=joining)),
        state.rand,
        state.now(),
        welcome_per=mls.welcome_for,
        authenticated_data=mls.handshake_data,
    )
    outgoing = state.write_as_member(command(group_update(bundle), bundle.welcomes), group)
    return Prepared(uri, outgoing, bundle.next)
