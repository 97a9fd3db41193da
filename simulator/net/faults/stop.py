"""Providers that shut down."""

from simulator.net.crossing import Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class Stop(Aimed, frozen=True, kw_only=True, tag="stop"):
    """The provider that is asked has stopped in good order just before the request comes. It stays down until somebody
    starts it.
    """

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Find nobody there."""
        await grip.machine(crossing.hop.provider).stop()
        return await onward(crossing)
