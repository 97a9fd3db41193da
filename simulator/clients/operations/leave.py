"""Leaving a group: a member can only propose it, somebody else has to commit."""

from dataclasses import dataclass

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class Leave:
    """Needs no more than the group's URI."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Propose what the draft wants of who leaves."""
        group, mls = state.group(self.group), state.draft.mls
        (proposal,) = mls.leave(group)
        message, proposed = group.propose(proposal, state.rand, state.now(), authenticated_data=mls.handshake_data)
        return Prepared(self.group, state.write_as_member(commands.Leave(message), group), proposed)
