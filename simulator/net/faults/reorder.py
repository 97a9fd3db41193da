"""Requests that overtake each other."""

from simulator.net.crossing import Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class Reorder(Aimed, frozen=True, kw_only=True, tag="reorder"):
    """Swap pairs of requests: the first waits until the second has its answer. A first without a second waits until it
    is released or its sender loses patience; a sender that sends one after the other never has two under way.
    """

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Wait for somebody to overtake, or overtake who waits."""
        if not grip.held:
            await grip.hold(crossing)
            return await onward(crossing)
        try:
            return await onward(crossing)
        finally:
            grip.release(1)
