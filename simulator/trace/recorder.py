"""The recorder: an append-only list of a run's events in memory."""

from dataclasses import dataclass, replace
from typing import TypeVar

from simulator.trace.events import Event, Exchange, TLSFailure

E = TypeVar("E", Exchange, TLSFailure)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the run: taken when something begins, given back with the event when it has ended."""

    number: int
    step: str | None


class Recorder:
    """Collects events and says where in the run each belongs.

    Concurrent exchanges end in any order. Each is numbered at its beginning, and `events` sorts by that number.
    """

    def __init__(self) -> None:
        self.step: str | None = None
        """The scenario step that is running: the label of whatever begins from now on."""
        self._begun = 0
        self._events: list[Event] = []

    def begin(self) -> Mark:
        """The next place in the run."""
        self._begun += 1
        return Mark(self._begun, self.step)

    def add(self, event: E, mark: Mark | None = None) -> E:
        """Append `event` at `mark`, or at the next place where it began just now; returns it with number and step."""
        mark = mark or self.begin()
        numbered = replace(event, number=mark.number, step=mark.step)
        self._events.append(numbered)
        return numbered

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that has ended so far, in the order in which it began."""
        return tuple(sorted(self._events, key=lambda event: event.number))

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The HTTP exchanges among the events."""
        return tuple(event for event in self.events if isinstance(event, Exchange))
