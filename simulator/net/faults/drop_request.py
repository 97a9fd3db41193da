"""Requests get lost before they are sent."""

from simulator.net.client.attempt import Attempt, Lost, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class DropRequest(RequestFault, frozen=True, kw_only=True, tag="drop_request"):
    """The connection ends before anything of the request was sent: the peer never hears of it."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """It goes nowhere."""
        raise Lost("the connection ended before the request was sent")
