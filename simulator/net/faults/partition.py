"""The network falls apart."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.client.request_route import NoRoute, RequestRoute
from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Partition(Fault, frozen=True, kw_only=True, tag="partition"):
    """No request gets from `side` to `others`, nor back unless `one_way`. The senders are told at once, as by a router
    that has no way; silence is what `hold` makes. Requests between providers of the same side pass.
    """

    side: tuple[str, ...]
    """Provider names."""
    others: tuple[str, ...] | None = None
    """Provider names; None for everybody else."""
    one_way: bool = False
    """Whether requests from `others` to `side` pass, with their answers."""

    @property
    def about(self) -> tuple[str, ...]:
        """Both sides."""
        return self.side + (self.others or ())

    def matches(self, route: RequestRoute) -> bool:
        """Whether it would cross the rift. Discovery, too: it goes to a provider's own name."""
        here, there = route.sender, route.provider
        return self._cuts(here, there) or (not self.one_way and self._cuts(there, here))

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """There is no way."""
        raise NoRoute(
            f"the network is partitioned: there is no way from {attempt.route.sender} to {attempt.route.host}"
        )

    def _cuts(self, here: str, there: str) -> bool:
        return here in self.side and (there not in self.side if self.others is None else there in self.others)
