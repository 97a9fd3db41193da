"""How long an exchange may take: real seconds while it moves, protocol seconds while something holds it up."""

from functools import partial
from math import ceil, inf
from types import TracebackType
from typing import Protocol

import trio

from simulator.net.clock import Clock


class WorkTracker(Protocol):
    """Whoever wants to know whether anything is under way."""

    def rest(self) -> None:
        """A piece of work that is under way stands still from now on."""
        ...

    def resume(self) -> None:
        """It moves again."""
        ...


class NoWorkTracker:
    """Nobody wants to know."""

    def rest(self) -> None:
        """A piece of work stands still."""

    def resume(self) -> None:
        """It moves again."""


class Latch:
    """What holds an exchange up until it is opened, once and for all. The exchange counts as work under way from that
    moment on, also before it gets to run.
    """

    def __init__(self, work_tracker: WorkTracker) -> None:
        self._work_tracker = work_tracker
        self._opened = trio.Event()
        work_tracker.rest()

    @property
    def is_open(self) -> bool:
        """Whether it has been opened."""
        return self._opened.is_set()

    def open(self) -> None:
        """Let the exchange pass. It stays open."""
        if not self.is_open:
            self._opened.set()
            self._work_tracker.resume()

    async def wait(self) -> None:
        """Wait until it is open."""
        await self._opened.wait()


class GivenUp(Exception):
    """Whoever asked does not wait for the answer any more. Never leaves `net`."""


class Timeout:
    """One exchange's deadline, `seconds` after now on whichever clock runs."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._end = clock.now() + ceil(seconds)
        self._scope = trio.CancelScope(deadline=trio.current_time() + seconds)
        self.given_up = False
        """Whether somebody has ended it before its time."""

    def running(self) -> "_Running":
        """Do the exchange in a `with` block of this, once. It raises trio.TooSlowError when the time is up, and GivenUp
        when somebody gives it up.
        """
        return _Running(self, self._scope)

    def give_up(self) -> None:
        """End the exchange now."""
        self.given_up = True
        self._scope.cancel()

    async def wait(self, latch: Latch) -> None:
        """Wait until `latch` opens; the real clock stands still meanwhile, and protocol time counts."""
        left = self._scope.deadline - trio.current_time()
        self._scope.deadline = inf
        self._clock.call_at(self._end, partial(self._lose, latch))
        try:
            await latch.wait()
        finally:
            latch.open()
            self._scope.deadline = trio.current_time() + left

    def _lose(self, latch: Latch) -> None:
        if not latch.is_open:
            self._scope.cancel()  # first, so that the exchange does not get past the latch
            latch.open()


class _Running:
    """As `trio.fail_after`, which takes two generators for it."""

    def __init__(self, timeout: Timeout, scope: trio.CancelScope) -> None:
        self._timeout = timeout
        self._scope = scope

    def __enter__(self) -> None:
        self._scope.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scope.__exit__(kind, error, trace)
        if self._scope.cancelled_caught:
            raise GivenUp if self._timeout.given_up else trio.TooSlowError
