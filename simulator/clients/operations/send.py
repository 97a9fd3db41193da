"""Sending an application message ([DS] Send an application message to a group)."""

from dataclasses import dataclass

from simulator.clients.account import Account
from simulator.clients.events import Sent
from simulator.clients.operations.operation import Prepared
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class Send:
    """`data` is what the members are to read."""

    group: str
    data: bytes

    async def prepare(self, account: Account) -> Prepared:
        """Encrypt it for the current epoch. The key is spent at once, whether or not the provider takes the message."""
        group = account.group(self.group)
        message, account.groups[self.group] = group.encrypt(self.data, account.rand)
        outgoing = account.write_as_member(commands.SendMessage(message), group)
        return Prepared(self.group, outgoing, event=Sent(self.group, group.epoch, self.data))
