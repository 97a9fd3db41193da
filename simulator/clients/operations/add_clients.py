"""Adding further clients of users who are in the group."""

from simulator.clients.client_state import ClientState
from simulator.clients.key_packages.key_package_checks import check_key_packages_of_clients
from simulator.clients.operations.add_users import commit_adds
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.drafts.mls_profile import REGULAR
from simulator.mls.joining.key_package import KeyPackage
from simulator.services import commands
from simulator.services.names import parse_client


@dataclass(frozen=True, slots=True)
class AddClients:
    """Clients are URIs."""

    group: str
    clients: tuple[str, ...]

    async def prepare(self, state: ClientState) -> Prepared:
        """Fetch a KeyPackage of each client, one request per provider, and commit the Adds.

        Raises SubstitutedKeyPackage too.
        """
        by_provider: dict[str, list[str]] = {}
        for client in self.clients:
            by_provider.setdefault(parse_client(client).provider, []).append(client)
        fetched: list[KeyPackage] = []
        for clients in by_provider.values():
            found = await state.fetch_key_packages(tuple(clients), REGULAR, self.group)
            check_key_packages_of_clients(state, self.group, clients, found)
            fetched += found
        return commit_adds(state, self.group, commands.AddClients, fetched)
