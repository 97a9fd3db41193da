"""Leaving a group: a member can only propose it, somebody else has to commit ([DS] Self remove a client)."""

from dataclasses import dataclass

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.mls.proposals import Remove
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class Leave:
    """Needs no more than the group's URI."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Propose the removal of our own leaf."""
        group = state.group(self.group)
        message, proposed = group.propose(Remove(group.own_index), state.rand, state.now())
        return Prepared(self.group, state.write_as_member(commands.SelfRemoveClient(message), group), proposed)
