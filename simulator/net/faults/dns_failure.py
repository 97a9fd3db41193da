"""Names that nobody can look up."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.client.request_route import NoRoute
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class DNSFailure(RequestFault, frozen=True, kw_only=True, tag="dns_failure"):
    """The host name can't be resolved at the moment."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Nobody knows where to."""
        raise NoRoute(f"the name {attempt.route.host} can't be resolved")
