"""Adding further clients of users who are in the group."""

from dataclasses import dataclass

from simulator.clients.client_state import ClientState
from simulator.clients.key_packages.key_package_checks import check_key_packages_of_clients
from simulator.clients.operations.add_users import commit_adds, fetch_key_packages
from simulator.clients.operations.operation import Prepared
from simulator.drafts.features import DraftFeature
from simulator.drafts.mls_profile import REGULAR
from simulator.mls.joining.key_package import KeyPackage
from simulator.services import commands
from simulator.services.members import client_of
from simulator.services.names import parse_client


@dataclass(frozen=True, slots=True)
class AddClients:
    """Clients are URIs."""

    group: str
    clients: tuple[str, ...]

    async def prepare(self, state: ClientState) -> Prepared:
        """Fetch a KeyPackage of each client, and commit the Adds. One request asks for those at one provider or, where
        that can be asked for whole users only, for all of a user, of which the others are left unused.

        Raises SubstitutedKeyPackage too.
        """
        fetched: list[KeyPackage] = []
        if DraftFeature.key_packages_of_clients in state.draft.lacks:
            for user in dict.fromkeys(parse_client(client).user for client in self.clients):
                found = await fetch_key_packages(state, self.group, (user,), kind=REGULAR)
                fetched += (each for each in found if client_of(each.leaf_node) in self.clients)
            check_key_packages_of_clients(state, self.group, self.clients, fetched)
            return commit_adds(state, self.group, commands.AddClients, fetched)
        by_provider: dict[str, list[str]] = {}
        for client in self.clients:
            by_provider.setdefault(parse_client(client).provider, []).append(client)
        for clients in by_provider.values():
            found = await state.fetch_key_packages(tuple(clients), REGULAR, self.group)
            check_key_packages_of_clients(state, self.group, clients, found)
            fetched += found
        return commit_adds(state, self.group, commands.AddClients, fetched)
