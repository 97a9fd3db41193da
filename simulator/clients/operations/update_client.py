"""Renewing one's own leaf, which also commits what others have proposed ([DS] Update a client in a group)."""

from dataclasses import dataclass

from simulator.clients.account import Account
from simulator.clients.operations.operation import Prepared, group_update
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class UpdateClient:
    """Needs no more than the group's URI."""

    group: str

    async def prepare(self, account: Account) -> Prepared:
        """Commit with a path, no proposal of our own, and all that wait."""
        group = account.group(self.group)
        bundle = group.commit((), account.rand, account.now(), force_path=True)
        command = commands.UpdateClient(group_update(bundle))
        return Prepared(self.group, account.write_as_member(command, group), bundle.next)
