"""Requests are late."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Delay(RequestFault, frozen=True, kw_only=True, tag="delay"):
    """Let requests go only after some protocol time. One that is due after its sender's deadline never goes."""

    seconds: int

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Wait, then pass."""
        await context.pause(attempt, self.seconds)
        return await onward(attempt)
