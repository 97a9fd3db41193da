"""Sending an application message."""

from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Sent
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class Send:
    """`data` is what the members are to read."""

    group: str
    data: bytes

    async def prepare(self, state: ClientState) -> Prepared:
        """Encrypt it for the current epoch. The key is spent at once, whether or not the provider takes the message."""
        group = state.group(self.group)
        content = state.draft.mls.wrap(self.data, group, state.rand)
        message, state.groups[self.group] = group.encrypt(content.data, state.rand, content.authenticated_data)
        outgoing = state.write_as_member(commands.SendMessage(message), group)
        return Prepared(self.group, outgoing, event=Sent(self.group, group.epoch, self.data))
