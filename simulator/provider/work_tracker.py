"""How one knows that nothing is under way any more, without waiting a while to see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

import trio

from simulator.dataclass import dataclass

_COUNTED: ContextVar[bool] = ContextVar("counted", default=False)
"""Whether what runs here is part of a piece of work that is counted."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much work is under way, how much of it stands still, and how often either has changed."""

    working: int
    resting: int
    changes: int


class WorkTracker:
    """Counts the work that is under way in a whole federation, and how much of it stands still.

    A piece of work is a chain of questions: whoever serves a request is part of the work of whoever sent it. So it
    stands still as a whole, wherever in the chain it is held up.
    """

    def __init__(self) -> None:
        self._working = 0
        self._resting = 0
        self._changes = 0
        self._idle = trio.Event()
        self._idle.set()
        self.woken: Callable[[], None] = _nobody_waits
        """Called when something begins to move where nothing did."""

    def begin(self) -> None:
        """One more piece of work is under way, from this moment on: also before the task that does it first runs."""
        self._working += 1
        self._look()

    def end(self) -> None:
        """One piece of work is over."""
        self._working -= 1
        self._look()

    def rest(self) -> None:
        """A piece of work is held up: it may be a long time, or until somebody acts, before it goes on."""
        self._resting += 1
        self._look()

    def resume(self) -> None:
        """It goes on, from this moment on: also before the task that was held up runs."""
        self._resting -= 1
        self._look()

    def working(self) -> "_Working":
        """Work for the time of a `with` block. Inside of counted work that is no further piece."""
        return _Working(self)

    def part(self) -> "_Part":
        """The block is part of work that somebody else counts: who promised it, or who waits for its result."""
        return _Part()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """What runs here waits in this block for others: if it is part of counted work, that stands still."""
        if not _COUNTED.get():
            yield
            return
        self.rest()
        try:
            yield
        finally:
            self.resume()

    @property
    def counts(self) -> Counts:
        """What is under way at this moment."""
        return Counts(self._working, self._resting, self._changes)

    async def idle(self) -> None:
        """Wait until nothing is under way, or all of it is held up."""
        while self._working > self._resting:
            await self._idle.wait()

    def _look(self) -> None:
        self._changes += 1
        if self._working <= self._resting:
            self._idle.set()
        elif self._idle.is_set():
            self._idle = trio.Event()
            self.woken()


class _Part:
    """A class and no generator, as are the others that are made for each request."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = _COUNTED.set(True)

    def __exit__(self, *_: object) -> None:
        _COUNTED.reset(self._token)


class _Working:
    """As `_Part`, and begun and ended unless it is inside of counted work."""

    __slots__ = ("_token", "_tracker")

    def __init__(self, tracker: WorkTracker) -> None:
        self._tracker = tracker
        self._token: Token[bool] | None = None

    def __enter__(self) -> None:
        if not _COUNTED.get():
            self._tracker.begin()
            self._token = _COUNTED.set(True)

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _COUNTED.reset(self._token)
            self._tracker.end()


def _nobody_waits() -> None:
    """For who does not need to know."""
