"""Providers that shut down."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Stop(RequestFault, frozen=True, kw_only=True, tag="stop"):
    """The provider that is asked has stopped in good order just before the request comes. It stays down until somebody
    starts it.
    """

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Find nobody there."""
        await context.machine(attempt.route.provider).stop()
        return await onward(attempt)
