"""A request that is not as its client's operation has it: signed by another client, or changed on its way out."""

from collections.abc import Callable
from dataclasses import fields, replace

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Operation, Prepared
from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Outgoing
from simulator.mls.group import Group
from simulator.services.commands import GroupCommand

Change = Callable[[Outgoing], Outgoing]


def _unchanged(outgoing: Outgoing) -> Outgoing:
    return outgoing


@dataclass
class _AskedForBy(ClientState):
    """A client whose requests another one signs, as itself: with its own leaf in the group, or its own credential."""

    signer: ClientState | None = None

    def write_as_member(self, command: GroupCommand, group: Group) -> Outgoing:
        """Raises NotAMember if the other one is not in the group."""
        signer = self.signer or self
        return ClientState.write_as_member(signer, command, signer.group(group.group_id.decode()))

    def write_as_client(self, command: GroupCommand, recipient: str) -> Outgoing:
        """As the client that the other one's credential names."""
        return ClientState.write_as_client(self.signer or self, command, recipient)


@dataclass(frozen=True, slots=True)
class OddRequest:
    """What `operation` asks, but signed by the client `signer`, if there is one, and then changed."""

    operation: Operation
    signer: ClientState | None = None
    change: Change = _unchanged

    @property
    def group(self) -> str | None:
        """That of the operation."""
        return self.operation.group

    async def prepare(self, state: ClientState) -> Prepared:
        """Raises what preparing the operation and the change raise, and NotAMember."""
        same = {each.name: getattr(state, each.name) for each in fields(ClientState)}
        prepared = await self.operation.prepare(_AskedForBy(**same, signer=self.signer))
        return replace(prepared, outgoing=self.change(prepared.outgoing))
