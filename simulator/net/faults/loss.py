"""A network that loses some requests and answers."""

from hashlib import sha256
from typing import Annotated

import msgspec

from simulator.net.client.attempt import Attempt, Lost, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply

Rate = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Loss(RequestFault, frozen=True, kw_only=True, tag="loss"):
    """Requests get no answer at this rate: every second one of these never arrives, of the others the answer is lost.

    Which ones follows from their bytes and from how often they were sent: so it is another choice with each seed, and
    the same one for the same seed, whatever goes beside them. Requests without a body are the same with every seed.
    """

    rate: Rate
    """0 loses nothing, 1 everything."""

    def strikes(self, attempt: Attempt, turn: int) -> bool:
        """Whether it is one of the lost ones."""
        return _drawn(attempt, turn, "lost") < self.rate

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """It goes nowhere, or there and not back."""
        if _drawn(attempt, 0, "on the way there") < 0.5:
            raise Lost("the connection ended before the request was sent")
        await onward(attempt)
        raise Lost("the connection ended before the answer came")


def _drawn(attempt: Attempt, turn: int, question: str) -> float:
    """From 0 to 1, without 1: evenly over different requests."""
    route = attempt.route
    said = repr((question, route.sender, route.host, route.method, route.path, turn))
    return int.from_bytes(sha256(said.encode() + attempt.body).digest()[:7]) / 2**56
