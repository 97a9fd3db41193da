"""Ports at which nobody listens."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class RefuseConnection(RequestFault, frozen=True, kw_only=True, tag="refuse_connection"):
    """The peer's machine is there, its port is closed."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Nobody listens."""
        raise ConnectionRefusedError
