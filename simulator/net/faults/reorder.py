"""Requests that overtake each other."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Reorder(RequestFault, frozen=True, kw_only=True, tag="reorder"):
    """Swap pairs of requests: the first waits until the second has its answer. A first without a second waits until it
    is released or its sender times out; a sender that sends one after the other never has two under way.
    """

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Wait for somebody to overtake, or overtake who waits."""
        if not context.held:
            await context.hold(attempt)
            return await onward(attempt)
        try:
            return await onward(attempt)
        finally:
            context.release(1)
