"""Requests that arrive twice."""

from contextlib import suppress
from typing import Literal

from simulator.net.crossing import FAILURES, Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class Duplicate(Aimed, frozen=True, kw_only=True, tag="duplicate"):
    """The same bytes are sent twice, one after the other. The sender gets the first answer, or the `last`: then it is
    as if its connection had broken once and something on its side had tried again.
    """

    answer: Literal["first", "last"] = "first"

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Twice. A second request that gets no answer does no harm to the first one's."""
        first = await onward(crossing)
        if self.answer == "last":
            return await onward(crossing)
        with suppress(*FAILURES):
            await onward(crossing)
        return first
