"""A commit whose membership tag is wrong: only members can tell (RFC 9420 6.2)."""

from simulator.clients.adversary.crafting import Tampering, flipped, spoiled_update
from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WrongMembershipTag:
    """All members refuse a commit that is right in every other respect."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Flip a bit of the tag."""
        return spoiled_update(state, self.group, Tampering(membership_tag=flipped))
