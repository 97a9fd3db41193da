"""Requests that arrive twice."""

from contextlib import suppress
from typing import Literal

from simulator.net.client.attempt import FAILURES, Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Duplicate(RequestFault, frozen=True, kw_only=True, tag="duplicate"):
    """The same bytes are sent twice, one after the other. The sender gets the first answer, or the `last`: then it is
    as if its connection had broken once and something on its side had tried again.
    """

    answer: Literal["first", "last"] = "first"

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Twice. A second request that gets no answer does no harm to the first one's."""
        first = await onward(attempt)
        if self.answer == "last":
            return await onward(attempt)
        with suppress(*FAILURES):
            await onward(attempt)
        return first
