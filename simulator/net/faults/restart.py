"""Providers that are started anew."""

from simulator.net.crossing import Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class Restart(Aimed, frozen=True, kw_only=True, tag="restart"):
    """The provider that is asked crashes, unless it is down, and runs again just before the request comes: open
    connections are broken, and what it did not store is forgotten.
    """

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Find it as after a reboot."""
        machine = grip.machine(crossing.hop.provider)
        await machine.crash()
        await machine.start()
        return await onward(crossing)
