"""Removing all clients of one or more users."""

from collections.abc import Sequence

from simulator.clients.client_state import ClientState
from simulator.clients.members import clients, leaves_of_users
from simulator.clients.operations.operation import Prepared, group_update
from simulator.dataclass import dataclass
from simulator.mls.proposals.proposals import Remove
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class RemoveUsers:
    """Users are URIs."""

    group: str
    users: tuple[str, ...]

    async def prepare(self, state: ClientState) -> Prepared:
        """Commit a Remove for each of their leaves."""
        leaves = leaves_of_users(state.group(self.group), self.users)
        return commit_removes(state, self.group, commands.RemoveUsers, leaves)


def commit_removes(
    state: ClientState,
    uri: str,
    command: type[commands.RemoveUsers] | type[commands.RemoveClients] | type[commands.DeleteGroup],
    leaves: Sequence[int],
) -> Prepared:
    """Commit a Remove for each leaf, and what the draft wants with that."""
    group, mls = state.group(uri), state.draft.mls
    members = clients(group)
    change = mls.roster_change(group.public, removes=[members[leaf] for leaf in leaves])
    removes = tuple(Remove(leaf) for leaf in leaves)
    bundle = group.commit((*removes, *change), state.rand, state.now(), authenticated_data=mls.handshake_data)
    return Prepared(uri, state.write_as_member(command(group_update(bundle)), group), bundle.next)
