"""Protocol time: what providers and clients call now, and how something is made to happen later.

It is never the operating system's or trio's clock by accident: a run that is repeated sees the same times again.
"""

import heapq
from collections.abc import Callable
from itertools import count

from simulator.net import Clock as Clock
from simulator.net.clock import NANOSECONDS

CENTURY = 36_525 * 86_400
"""The longest time, in seconds, that anybody may let pass at once."""


class ManualClock:
    """Time that stands still until somebody advances it. Actions of one moment happen in the order of their asking."""

    def __init__(self, now: int) -> None:
        self._nanoseconds = now * NANOSECONDS
        self._order = count()
        self._later: list[tuple[int, int, Callable[[], None]]] = []

    def now(self) -> int:
        """Unix time in seconds."""
        return self._nanoseconds // NANOSECONDS

    @property
    def nanoseconds(self) -> int:
        """Unix time in nanoseconds."""
        return self._nanoseconds

    def call_at(self, time: int, action: Callable[[], None]) -> None:
        """Call `action` once time has been advanced to `time`; at once if it has already."""
        if time <= self.now():
            action()
        else:
            self.call_at_nanosecond(time * NANOSECONDS, action)

    def call_at_nanosecond(self, time: int, action: Callable[[], None]) -> None:
        """Call `action` at this time, not before somebody lets time pass."""
        heapq.heappush(self._later, (time, next(self._order), action))

    def advance(self, seconds: int) -> None:
        """Let time pass; what was to happen meanwhile happens at its own moment. Raises ValueError for the past."""
        if seconds < 0:
            raise ValueError(f"time does not go back {-seconds} seconds")
        self.advance_to(self._nanoseconds + seconds * NANOSECONDS)

    def advance_to(self, end: int) -> None:
        """The same until a time in nanoseconds; nothing if that is over."""
        while self.step(end):
            pass
        self._nanoseconds = max(self._nanoseconds, end)

    def has_until(self, end: int) -> bool:
        """Whether anything is to happen until a time in nanoseconds."""
        return bool(self._later) and self._later[0][0] <= end

    def step(self, end: int | None = None) -> bool:
        """Let time pass until the next thing that was to happen, if that is not after `end`, and let it happen. Whether
        there was one.
        """
        if not (self._later if end is None else self.has_until(end)):
            return False
        time, _, action = heapq.heappop(self._later)
        self._nanoseconds = max(self._nanoseconds, time)
        action()
        return True


class OwnClock:
    """A provider's own idea of protocol time: the federation's, or as far off as somebody puts it."""

    def __init__(self, common: Clock) -> None:
        self._common = common
        self._ahead = 0

    def now(self) -> int:
        """Unix time in seconds, as this clock shows it."""
        return self._common.now() + self._ahead

    def elapsed(self) -> int:
        """Seconds since some moment in the past, on a counter that nobody sets, whatever the clock shows. Like a
        machine's monotonic clock, but that it goes on while the provider is down.
        """
        return self._common.now()

    def call_after(self, seconds: int, action: Callable[[], None]) -> None:
        """Call `action` once so many seconds have elapsed."""
        self._common.call_at(self._common.now() + seconds, action)

    def set_ahead(self, seconds: int) -> None:
        """Show so much more than the federation's time from now on, or less."""
        self._ahead = seconds
