"""Senders that do not stay for the answer."""

from dataclasses import replace

from simulator.dataclass import dataclass
from simulator.net.client.attempt import Attempt, Onward
from simulator.net.client.wire import Cut
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class HangUp(RequestFault, frozen=True, kw_only=True, tag="hang_up"):
    """The connection ends as soon as the whole request has been sent. The peer gets it, and may still be at work on it
    when the sender already tries again: with `drop_answer` it never is.
    """

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Read nothing of the answer."""
        return await onward(replace(attempt, reading=_Nothing()))


@dataclass(frozen=True, slots=True)
class _Nothing:
    piece: int = 1

    async def step(self, passed: int | None) -> None:
        raise Cut("the connection ended before the answer came", reset=False)
