"""Who waits for which instant of simulated time."""

from collections.abc import Callable

from simulator.net.clock import SimulatedClock
from simulator.net.timeouts import Latch, Timeout, WorkTracker

Key = tuple[str, ...]


class Arrivals:
    """What is to happen at instants of simulated time. Work that waits for one stands still until then.

    Tasks that run side by side ask in any order. So nothing is decided as they ask: `arrange`, which is called when
    nothing moves, takes what was asked at one instant in the order of its keys.
    """

    def __init__(self, clock: SimulatedClock, work_tracker: WorkTracker) -> None:
        self._clock = clock
        self._work_tracker = work_tracker
        self._asked: list[tuple[Key, Callable[[int], int], Latch]] = []
        self._waiting = 0

    @property
    def are_awaited(self) -> bool:
        """Whether anybody waits."""
        return self._waiting > 0

    async def wait(self, key: Key, instant: Callable[[int], int], timeout: Timeout | None = None) -> None:
        """Wait for the instant that `instant` makes of the present one, in nanoseconds, or until `timeout` ends it.

        `instant` is called once, after those of smaller keys. To be used in counted work.
        """
        latch = Latch(self._work_tracker)
        self._asked.append((key, instant, latch))
        self._waiting += 1
        try:
            await (latch.wait() if timeout is None else timeout.wait(latch))
        finally:
            self._waiting -= 1
            latch.open()

    def arrange(self) -> None:
        """Find out for what instants those wait that have asked since the last time."""
        asked, self._asked = sorted(self._asked, key=lambda each: each[0]), []
        for _, instant, latch in asked:
            if not latch.is_open:
                self._clock.call_at_nanosecond(instant(self._clock.nanoseconds), latch.open)
