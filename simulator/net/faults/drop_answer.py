"""Answers get lost."""

from simulator.net.client.attempt import Attempt, Lost, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class DropAnswer(RequestFault, frozen=True, kw_only=True, tag="drop_answer"):
    """The peer carries the request out and answers, and then the answer gets lost."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """There and not back."""
        await onward(attempt)
        raise Lost("the connection ended before the answer came")
