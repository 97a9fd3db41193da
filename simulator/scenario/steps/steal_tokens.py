"""A breach: tokens are in other hands."""

import msgspec

from simulator.errors import SimulatorError
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class StealTokens(Step, frozen=True, kw_only=True, tag="steal_tokens"):
    """A provider copies the tokens of Privacy Pass that another one has not used yet into its own wallet, with what it
    knows of the challenges that they are for. The other one does not notice.
    """

    by: ProviderRef
    from_: ProviderRef = msgspec.field(name="from")

    async def run(self, context: Context) -> None:
        """Nothing is sent. Raises SimulatorError where there is nothing to steal."""
        thief, victim = (context.session.provider(name).executor.store for name in (self.by, self.from_))
        stolen = 0
        for peer in context.session.peers:
            host = peer.service_host
            known, found = victim.known_challenges.get(host), victim.wallet.of(host)
            if known is not None and found:
                with thief.transaction():
                    thief.known_challenges.put(known)
                    for endpoint in victim.protected_endpoints.of(host):
                        thief.protected_endpoints.add(host, endpoint)
                    for each in found:
                        thief.wallet.add(each)
                stolen += len(found)
        if not stolen:
            raise SimulatorError(f"{self.from_} has no tokens")
