"""Requests that trickle."""

from dataclasses import replace

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.faults.trickle import Trickle
from simulator.net.http import HTTPReply


class SlowWrite(RequestFault, frozen=True, kw_only=True, tag="slow_write"):
    """The request, its head too, goes in pieces of `piece` bytes, with `seconds` of protocol time before each."""

    piece: int = 64
    seconds: int = 0
    """0: one small write after the other, without waiting."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Bit by bit."""
        return await onward(replace(attempt, sending=Trickle(self.piece, self.seconds, attempt, context)))
