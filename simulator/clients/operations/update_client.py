"""Renewing one's own leaf, which also commits what others have proposed."""

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared, group_update
from simulator.dataclass import dataclass
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class UpdateClient:
    """Needs no more than the group's URI."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Commit with a path, no proposal of our own, and all that wait."""
        group = state.group(self.group)
        data = state.draft.mls.handshake_data
        bundle = group.commit((), state.rand, state.now(), force_path=True, authenticated_data=data)
        command = commands.UpdateClient(group_update(bundle))
        return Prepared(self.group, state.write_as_member(command, group), bundle.next)
