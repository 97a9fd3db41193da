"""The recorder: takes a run's events as they happen, keeps them in memory and hands them to sinks."""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import count
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from simulator.bounded_records import Bounds, Recent
from simulator.dataclass import dataclass
from simulator.rules import Breach
from simulator.trace.events import Event, Exchange

E = TypeVar("E", bound=Event)

NANOSECONDS = 1_000_000_000
"""How many there are in a second."""


class Sink(Protocol):
    """Where events go besides memory, each as soon as it has ended."""

    def add(self, event: Event) -> None:
        """Keep it."""
        ...


_NUMBER = attrgetter("number")


class Mark(NamedTuple):
    """A place in the run: taken when something begins, given back with the event when it has ended."""

    number: int
    step: str | None
    step_number: int
    simulated: int | None = None
    """Nanoseconds since the run began."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recorder has got in some time."""

    events: tuple[Event, ...]
    """In the order in which they began."""
    broken: Mapping[int, tuple[str, ...]]
    let_through: tuple[str, ...]


class Elsewhere(Protocol):
    """The recorders of other processes."""

    def entered(self, step: str | None, number: int) -> None:
        """A step begins."""
        ...

    def recorded(self) -> Sequence[Recorded]:
        """What each has got since the last time."""
        ...


class Recorder:
    """Collects events and says where in the run each belongs.

    Concurrent exchanges end in any order. Each is numbered at its beginning, and `events` sorts by that number.

    `sinks` get everything as well. Bytes of connections and TLS secrets are only worth their cost to some: `wire` says
    whether they are to be recorded at all, and `secrets` the same of clients' secrets. With `bounds` only the last
    events stay in memory.
    """

    def __init__(
        self,
        *sinks: Sink,
        wire: bool = False,
        secrets: bool = False,
        bounds: Bounds | None = None,
        connections: Iterator[int] | None = None,
    ) -> None:
        self.wire = wire
        self.secrets = secrets
        self.step: str | None = None
        """The scenario step that is running: the label of whatever begins from now on."""
        self.step_number = 0
        """Its number."""
        self.verdict_on: Callable[[Exchange], tuple[bool, str | None]] = lambda _: (False, None)
        """Whether an answer is a refusal, and the protocol's error code in it. Who knows the draft sets it."""
        self.broken: dict[int, dict[str, None]] = {}
        """The IDs of the rules that somebody noticed to be broken, by number of the step (0 outside of steps)."""
        self.let_through: dict[str, None] = {}
        """The IDs of those among them that nobody refused, for the party does not keep them."""
        self.simulated_now: Callable[[], int] | None = None
        """Simulated nanoseconds since the run began, where there is a network model."""
        self.elsewhere: Elsewhere | None = None
        """Where else the same run is recorded: that is merged before anybody reads it, and before anything follows."""
        self.bounds = bounds
        self._sinks = sinks
        self._begun = 0
        self._connections = count(1) if connections is None else connections
        self._events: Recent[Event] = Recent(bounds)
        self._failures: dict[tuple[object, ...], int] = {}
        """How often a request has failed in a row, by way and digest of its body; the one that failed last is last."""
        self._most_failures = None if bounds is None else bounds.items

    def begin(self) -> Mark:
        """The next place in the run."""
        self._fetch()
        return self._next()

    def _next(self) -> Mark:
        self._begun += 1
        simulated = None if self.simulated_now is None else self.simulated_now()
        return Mark(self._begun, self.step, self.step_number, simulated)

    def enter(self, step: str | None, number: int = 0) -> None:
        """A step begins: what begins from now on is of it."""
        self._fetch()
        if self.elsewhere is not None:
            self.elsewhere.entered(step, number)
        self.step, self.step_number = step, number

    def breached(self, breach: Breach) -> None:
        """Somebody has noticed something that breaks a rule, whether or not it is refused."""
        self.broken.setdefault(self.step_number, {}).update(dict.fromkeys(breach.rules))
        if breach.waived:
            self.let_through.update(dict.fromkeys(breach.rules))

    def connection(self) -> int:
        """The number of the next connection."""
        return next(self._connections)

    def add(self, event: E, mark: Mark | None = None) -> E:
        """Append `event` at `mark`, or at the next place where it began just now; returns it with its place. One that
        has none yet is the recorder's from now on, and its place is written into it; of another a copy is taken.
        """
        mark = mark or self.begin()
        if event.number:
            event = replace(event)
        place = object.__setattr__  # a copy of each event would cost more than all the rest
        place(event, "number", mark.number)
        place(event, "step", mark.step)
        place(event, "step_number", mark.step_number)
        place(event, "simulated", None if mark.simulated is None else mark.simulated / NANOSECONDS)
        if isinstance(event, Exchange):
            refused, code = (False, None) if event.status is None else self.verdict_on(event)
            place(event, "attempt", self._attempt(event, refused or event.error is not None))
            place(event, "refused", refused)
            place(event, "code", code)
            if mark.simulated is not None and self.simulated_now is not None:
                place(event, "simulated_seconds", (self.simulated_now() - mark.simulated) / NANOSECONDS)
        self._keep(event)
        return event

    def take(self) -> Recorded:
        """What has been recorded since the last time, which is forgotten here: for the recorder of another process."""
        broken = {number: tuple(rules) for number, rules in self.broken.items()}
        taken = Recorded(self.events, broken, tuple(self.let_through))
        self._events = Recent(self.bounds)
        self.broken.clear()
        self.let_through.clear()
        return taken

    def merge(self, parts: Sequence[Recorded]) -> None:
        """Append what several others have recorded side by side, in the order of time."""
        for event in heapq.merge(*(part.events for part in parts), key=lambda event: event.started):
            self._keep(replace(event, number=self._next().number))
        for part in parts:
            for number, rules in part.broken.items():
                self.broken.setdefault(number, {}).update(dict.fromkeys(rules))
            self.let_through.update(dict.fromkeys(part.let_through))

    def _keep(self, event: Event) -> None:
        self._events.append(event)
        for sink in self._sinks:
            sink.add(event)

    def _fetch(self) -> None:
        if self.elsewhere is not None:
            self.merge(self.elsewhere.recorded())

    @property
    def begun(self) -> int:
        """How many events have begun so far: the number of the latest."""
        return self._begun

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that has ended so far and is kept, in the order in which it began."""
        self._fetch()
        return tuple(sorted(self._events, key=_NUMBER))

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The HTTP exchanges among the events."""
        return tuple(event for event in self.events if isinstance(event, Exchange))

    def _attempt(self, exchange: Exchange, failed: bool) -> int:
        place = (exchange.recipient, exchange.endpoint, *sorted(exchange.variables.items()))
        way = (exchange.sender, *place, sha256(exchange.request).digest())
        before = self._failures.pop(way, 0)
        if failed:
            self._failures[way] = before + 1
            if self._most_failures is not None and len(self._failures) > self._most_failures:
                del self._failures[next(iter(self._failures))]
        return before + 1
