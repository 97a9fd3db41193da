"""Deleting a group: everybody else is removed, and it is over."""

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.clients.operations.remove_users import commit_removes
from simulator.dataclass import dataclass
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class DeleteGroup:
    """Needs no more than the group's URI."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Commit a Remove for every leaf but our own."""
        group = state.group(self.group)
        others = [m.leaf_index for m in group.public.members() if m.leaf_index != group.own_index]
        return commit_removes(state, self.group, commands.DeleteGroup, others)
