"""A commit whose confirmation tag is wrong: only who knows the new epoch's secrets can tell (RFC 9420 6.1)."""

from simulator.clients.adversary.crafting import Tampering, flipped, spoiled_update
from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WrongConfirmationTag:
    """All members refuse the commit. Those who join later know no better and are at one with the provider."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Flip a bit of the tag."""
        return spoiled_update(state, self.group, Tampering(confirmation_tag=flipped))
