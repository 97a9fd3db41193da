"""Names that nobody can look up."""

from simulator.net.crossing import Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.hop import NoRoute
from simulator.net.http import HTTPReply


class DNSFailure(Aimed, frozen=True, kw_only=True, tag="dns_failure"):
    """The host name can't be resolved at the moment."""

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Nobody knows where to."""
        raise NoRoute(f"the name {crossing.hop.host} can't be resolved")
