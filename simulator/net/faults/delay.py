"""Requests are late."""

from simulator.net.crossing import Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class Delay(Aimed, frozen=True, kw_only=True, tag="delay"):
    """Let requests go only after some protocol time. One that takes longer than its sender's patience never goes."""

    seconds: int

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Wait, then pass."""
        await grip.pause(crossing, self.seconds)
        return await onward(crossing)
