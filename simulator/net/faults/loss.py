"""A network that loses some requests and answers."""

from simulator.net.client.attempt import Attempt, Lost, Onward
from simulator.net.faults.chance import Rate, of_attempt
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Loss(RequestFault, frozen=True, kw_only=True, tag="loss"):
    """Requests get no answer at this rate: every second one of these never arrives, of the others the answer is lost.

    Which ones follows from their bytes and from how often they were sent: so it is another choice with each seed, and
    the same one for the same seed, whatever goes beside them. Requests without a body are the same with every seed.
    """

    rate: Rate
    """0 loses nothing, 1 everything."""

    def strikes(self, attempt: Attempt, turn: int) -> bool:
        """Whether it is one of the lost ones."""
        return of_attempt(attempt, turn, "lost") < self.rate

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """It goes nowhere, or there and not back."""
        if of_attempt(attempt, 0, "on the way there") < 0.5:
            raise Lost("the connection ended before the request was sent")
        await onward(attempt)
        raise Lost("the connection ended before the answer came")
