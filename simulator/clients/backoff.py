"""When to try again what a group's hub kept a client from: by key, with a growing pause, and not for ever."""

from simulator.dataclass import dataclass

FIRST = 1
LONGEST = 3600
"""Seconds between two attempts, at first and in the end; each pause is twice the one before."""
GIVES_UP_AFTER = 7 * 24 * 3600
"""Seconds from the first failure until what fails still is given up."""


@dataclass(frozen=True, slots=True)
class _Failures:
    first: int
    last: int
    pause: int


class Backoff:
    """Failures by key. All times are protocol time, in Unix seconds.

    Within one second, and after a clock was put back, an attempt is always due: protocol time may stand still, or have
    been ahead.
    """

    def __init__(self) -> None:
        self._failures: dict[str, _Failures] = {}

    def is_due(self, key: str, now: int) -> bool:
        """Whether it may be tried."""
        failures = self._failures.get(key)
        return failures is None or now <= failures.last or now >= failures.last + failures.pause

    def failed(self, key: str, now: int) -> bool:
        """Note a failure; whether it is time to give up.

        That takes a long time and many failures: one look by a clock that is days ahead gives nothing up.
        """
        before = self._failures.get(key)
        if before is None:
            failures = _Failures(now, now, FIRST)
        elif now == before.last:
            failures = before
        else:
            failures = _Failures(min(before.first, now), now, min(2 * before.pause, LONGEST))
        self._failures[key] = failures
        return failures.pause == LONGEST and now - failures.first >= GIVES_UP_AFTER

    def pause(self, key: str) -> int:
        """Seconds from the last failure to the next attempt; 0 where nothing has failed."""
        failures = self._failures.get(key)
        return 0 if failures is None else failures.pause

    def forget(self, key: str) -> None:
        """It has succeeded, or is of no interest any more."""
        self._failures.pop(key, None)
