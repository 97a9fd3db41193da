"""An application message that an honest member does not send: the group has ended, or a removal has been proposed."""

from dataclasses import dataclass, replace

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.clients.operations.send import Send
from simulator.mls.group import Group


@dataclass(frozen=True, slots=True)
class OddMessage:
    """`data` is what the members are to read."""

    group: str
    data: bytes

    async def prepare(self, state: ClientState) -> Prepared:
        """Encrypt it as if no ReInit had ended the group, and no proposal waited (RFC 9420 11.2, 12.4). Raises
        NotAMember.
        """
        member = state.group(self.group).state
        odd = replace(member.public, reinit=None, proposals={})
        sender = replace(state, groups={self.group: Group(member.with_public(odd))})
        prepared = await Send(self.group, self.data).prepare(sender)
        spent = sender.group(self.group).state
        state.groups[self.group] = Group(spent.with_public(member.public))
        return prepared
