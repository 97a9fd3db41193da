"""Requests wait."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Hold(RequestFault, frozen=True, kw_only=True, tag="hold"):
    """Hold requests before anything is connected or sent, until they are released or their senders time out."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Wait, then pass."""
        await context.hold(attempt)
        return await onward(attempt)
