"""A fault in force, and the guard that takes it away again."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from types import TracebackType
from typing import Self

import trio

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.client.request_route import RequestRoute
from simulator.net.faults.fault import Fault, name_of
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Injected:
    """A fault from `inject` until `remove`, or until the end of a `with` block."""

    def __init__(self, fault: Fault, context: FaultContext, forget: Callable[["Injected"], None]) -> None:
        self.fault = fault
        self.hits = 0
        """How many requests it has hit so far; of one that hits machines, how often it has."""
        self._context = context
        self._forget = forget
        self._matching = 0
        self._turns: Counter[tuple[str, str, str, bytes]] = Counter()
        """How often the same bytes have gone the same way, by way and digest."""
        self._hit = trio.lowlevel.ParkingLot()
        context.hit = self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Repair it: no request meets it any more, and those that it holds up go on. Twice does no harm."""
        self._forget(self)
        self._context.let_go()

    @property
    def held(self) -> tuple[RequestRoute, ...]:
        """The requests that wait at this moment, oldest first."""
        return self._context.held

    def release(self, count: int | None = None) -> None:
        """Let so many of the requests that wait go on, the oldest first; None for all. The fault stays in force."""
        self._context.release(count)

    async def caught(self, hits: int = 1) -> None:
        """Wait until so many requests have been hit in all."""
        while self.hits < hits:
            await self._hit.park()

    def hit_by(self, route: RequestRoute) -> bool:
        """Whether this request, which is counted with that, is hit."""
        if not self.fault.matches(route):
            return False
        self._matching += 1
        return self.fault.counts(self._matching)

    def end(self) -> None:
        """Undo what the fault did when it began."""
        self.fault.end(self._context)

    def bar(self, onward: Onward) -> Onward:
        """The way onward with this fault in it."""
        return partial(self._carry, onward=onward)

    async def _carry(self, attempt: Attempt, onward: Onward) -> HTTPReply:
        if not self.fault.strikes(attempt, self._turn(attempt)):
            return await onward(attempt)
        self._count()
        attempt.faults.append(name_of(self.fault))
        return await self.fault.carry(attempt, onward, self._context)

    def _count(self) -> None:
        self.hits += 1
        self._hit.unpark_all()

    def _turn(self, attempt: Attempt) -> int:
        way = (attempt.route.sender, attempt.route.host, attempt.route.path, sha256(attempt.body).digest())
        self._turns[way] += 1
        return self._turns[way]
