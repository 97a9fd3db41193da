"""Leaving a group: a member can only propose it, somebody else has to commit."""

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class Leave:
    """Needs no more than the group's URI."""

    group: str
    alone: bool = False
    """Whether the user's other clients stay where in this draft a user leaves with all of them."""

    async def prepare(self, state: ClientState) -> Prepared:
        """Propose what the draft wants of who leaves."""
        group, mls = state.group(self.group), state.draft.mls
        messages = []
        for proposal in mls.leave(group, alone=self.alone):
            message, group = group.propose(proposal, state.rand, state.now(), authenticated_data=mls.handshake_data)
            messages.append(message)
        command = commands.Leave(messages[0], tuple(messages[1:]))
        return Prepared(self.group, state.write_as_member(command, group), group)
