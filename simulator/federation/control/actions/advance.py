"""Time that passes faster."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.federation.control.action import Action, Answer
from simulator.federation.control.operator import Operator
from simulator.provider.clock import CENTURY


class Time(Answer, frozen=True, kw_only=True):
    """Protocol time from now on, in Unix seconds."""

    time: int


class Advance(Action, frozen=True, kw_only=True):
    """Let protocol time pass at once, for our providers and clients: KeyPackages expire, retries fall due.

    It goes on from there at the pace of the machine's clock. External providers know nothing of it.
    """

    name: ClassVar[str] = "advance"
    example: ClassVar[dict[str, Any]] = {"seconds": 3600}

    seconds: Annotated[int, msgspec.Meta(ge=1, le=CENTURY, description="a century at most")]

    async def run(self, operator: Operator) -> Time:
        """What falls due happens before the answer."""
        operator.session.advance(self.seconds)
        await operator.rest()
        return Time(time=operator.session.now)
