"""Connections that break in the midst of something."""

from dataclasses import replace
from typing import Literal

from simulator.dataclass import dataclass
from simulator.net.client.attempt import Attempt, Onward
from simulator.net.client.wire import Cut
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Reset(RequestFault, frozen=True, kw_only=True, tag="reset"):
    """The connection is reset (TCP RST, both sides see it) in the midst of a request's or of an answer's body.

    With HTTP/2 all requests on that connection are lost. A request with a shorter body is reset behind it; a shorter
    answer passes.
    """

    during: Literal["request", "answer"] = "request"
    after: int = 1
    """How many bytes of the body pass."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Part of the way."""
        if self.during == "request":
            attempt = replace(attempt, sending=_Break(self.after, max(self.after, 1)), reading=_Break(-1, 1))
        else:
            attempt = replace(attempt, reading=_Break(self.after, 1))
        return await onward(attempt)


@dataclass(frozen=True, slots=True)
class _Break:
    after: int
    piece: int

    async def step(self, passed: int | None) -> None:
        if self.after < 0 or (passed is not None and passed >= self.after):
            raise Cut("the connection was reset", reset=True)
