"""Adding further clients of users who are in the group ([DS] Add clients to a group)."""

from dataclasses import dataclass

from simulator.clients.account import Account
from simulator.clients.operations.add_users import commit_adds
from simulator.clients.operations.operation import Prepared
from simulator.clients.vetting import vet_clients
from simulator.mls.key_package import KeyPackage
from simulator.services import commands
from simulator.services.commands import FetchGroupKeyPackages
from simulator.services.names import parse_client


@dataclass(frozen=True, slots=True)
class AddClients:
    """Clients are URIs."""

    group: str
    clients: tuple[str, ...]

    async def prepare(self, account: Account) -> Prepared:
        """Fetch a KeyPackage of each client, one request per provider, and commit the Adds.

        Raises SubstitutedKeyPackage too.
        """
        by_provider: dict[str, list[str]] = {}
        for client in self.clients:
            by_provider.setdefault(parse_client(client).provider, []).append(client)
        fetched: list[KeyPackage] = []
        for clients in by_provider.values():
            found = await account.home.key_packages(FetchGroupKeyPackages(account.user, tuple(clients)))
            vet_clients(account, self.group, clients, found)
            fetched += found
        return commit_adds(account, self.group, commands.AddClients, fetched)
