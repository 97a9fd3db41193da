"""What a fault is; the kinds of them live beside this file."""

from typing import Any

import msgspec

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.client.request_route import RequestRoute
from simulator.net.faults.chance import Rate, of_attempt
from simulator.net.faults.fault_context import FaultContext
from simulator.net.faults.request_match import RequestMatch
from simulator.net.http import HTTPReply


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that goes wrong, as a value: what it holds while it is in force is in its `FaultContext`.

    The struct's tag is its name in the recorder and in scenario files, its docstring the explanation.
    """

    @property
    def about(self) -> tuple[str, ...]:
        """The names of the providers and hosts that it is about."""
        return ()

    def begin(self, context: FaultContext) -> None:
        """It has just come into force."""

    def end(self, context: FaultContext) -> None:
        """It is in force no longer."""

    def matches(self, route: RequestRoute) -> bool:
        """Whether it is meant for such a request, whatever its number."""
        return False

    def counts(self, number: int) -> bool:
        """Whether it hits the request of this number, among those that match, counted from 1."""
        return True

    def strikes(self, attempt: Attempt, turn: int) -> bool:
        """Whether it hits one of the requests that count, as its bytes go this way for the `turn`-th time, from 1."""
        return True

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """The verdict on a request that was hit: go `onward` with it, at once or later, changed or not, or don't.

        Raises NoRoute, Lost, or OSError for a connection that can't be had.
        """
        return await onward(attempt)


class RequestFault(Fault, frozen=True, kw_only=True):
    """A fault of the requests that `where` describes."""

    where: RequestMatch = RequestMatch()
    rate: Rate = 1.0
    """How many of these it hits, from 0 to 1. Which ones follows from their bytes and from how often they were sent."""

    @property
    def about(self) -> tuple[str, ...]:
        """As `where` says."""
        return tuple(name for name in (self.where.sender, self.where.recipient) if name is not None)

    def matches(self, route: RequestRoute) -> bool:
        """As `where` says."""
        return self.where.matches(route)

    def counts(self, number: int) -> bool:
        """As `where` says."""
        return self.where.counts(number)

    def strikes(self, attempt: Attempt, turn: int) -> bool:
        """At the rate."""
        return self.rate == 1 or of_attempt(attempt, turn, name_of(self)) < self.rate


def name_of(fault: Any) -> str:
    """What the recorder calls a fault."""
    return str(fault.__struct_config__.tag)
