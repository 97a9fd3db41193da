"""Protocol time, as the network needs it: what is late, and by how much, never depends on the machine's clock."""

from collections.abc import Callable
from typing import Protocol

NANOSECONDS = 1_000_000_000
"""How many there are in a second."""


class Clock(Protocol):
    """A source of protocol time."""

    def now(self) -> int:
        """Unix time in seconds."""
        ...

    def call_at(self, time: int, action: Callable[[], None]) -> None:
        """Call `action` once `now()` has reached `time`; at once if it has already."""
        ...


class SimulatedClock(Clock, Protocol):
    """Protocol time that is finer than what protocols say of it: for what a network takes."""

    @property
    def nanoseconds(self) -> int:
        """Unix time in nanoseconds, of which `now()` is the whole seconds."""
        ...

    def call_at_nanosecond(self, time: int, action: Callable[[], None]) -> None:
        """Call `action` at this time, once somebody lets time pass: never at once."""
        ...


class StoppedClock:
    """Time that never passes, for a network in which nothing waits for it."""

    def now(self) -> int:
        """Always 0."""
        return 0

    def call_at(self, time: int, action: Callable[[], None]) -> None:
        """Call `action` if its time is not in the future, else never."""
        if time <= 0:
            action()
