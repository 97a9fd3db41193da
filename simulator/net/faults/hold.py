"""Requests wait."""

from simulator.net.crossing import Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class Hold(Aimed, frozen=True, kw_only=True, tag="hold"):
    """Hold requests before anything is connected or sent, until they are released or their senders lose patience."""

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Wait, then pass."""
        await grip.hold(crossing)
        return await onward(crossing)
