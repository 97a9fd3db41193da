"""A GroupInfo whose external_pub fits no secret of the group: the provider can't tell, and members don't see it.

Whoever joins by external commit then encapsulates to a key that is not the group's, and every member has to refuse the
joiner's commit (RFC 9420 12.4.3.2), which the provider has accepted.
"""

from simulator.clients.adversary.crafting import Tampering, spoiled_update
from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WrongExternalPub:
    """The commit itself is right. The next external join falls into the trap, and all members with it."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Put a fresh key in the place of the group's."""
        other = state.suite.generate_hpke_key_pair(state.rand, "trap").public
        return spoiled_update(state, self.group, Tampering(external_pub=lambda _: other))
