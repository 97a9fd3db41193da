"""Answers get lost."""

from simulator.net.crossing import Crossing, Lost, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class DropAnswer(Aimed, frozen=True, kw_only=True, tag="drop_answer"):
    """The peer carries the request out and answers, and then the answer gets lost."""

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """There and not back."""
        await onward(crossing)
        raise Lost("the connection ended before the answer came")
