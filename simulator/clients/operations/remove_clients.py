"""Removing other clients of one's own user."""

from simulator.clients.client_state import ClientState
from simulator.clients.members import leaves_of_clients
from simulator.clients.operations.operation import Prepared
from simulator.clients.operations.remove_users import commit_removes
from simulator.dataclass import dataclass
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class RemoveClients:
    """Clients are URIs."""

    group: str
    clients: tuple[str, ...]

    async def prepare(self, state: ClientState) -> Prepared:
        """Commit a Remove for each of their leaves."""
        leaves = leaves_of_clients(state.group(self.group), self.clients)
        return commit_removes(state, self.group, commands.RemoveClients, leaves)
