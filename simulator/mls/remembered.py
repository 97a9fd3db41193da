"""Results of pure functions, remembered under all of their input.

What a thousand clients of one process check of the same bytes is one fact. Nothing is remembered where somebody does
not keep all rules: what such a party finds good need not be good. Only successes are: a failure is found each time.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from simulator.rules import party

T = TypeVar("T")

_OFF: ContextVar[bool] = ContextVar("off", default=False)


@contextmanager
def nothing_remembered() -> Iterator[None]:
    """Inside, everything is worked out each time: to measure what that costs."""
    token = _OFF.set(True)
    try:
        yield
    finally:
        _OFF.reset(token)


class Remembered(Generic[T]):
    """The newest results of one function, `size` of them. Input and results are values that nobody changes."""

    def __init__(self, size: int) -> None:
        self._known: deque[tuple[tuple[object, ...], T]] = deque(maxlen=size)

    def of(self, function: Callable[..., T], *given: object) -> T:
        """What the function makes of this input; raises what that raises."""
        known = self.find(*given)
        return self.keep(function(*given), *given) if known is None else known

    def find(self, *given: object) -> T | None:
        """The result for an equal input, where that is remembered and whoever asks keeps all rules."""
        if _OFF.get() or party().waived:
            return None
        return next((result for known, result in self._known if known == given), None)

    def keep(self, result: T, *given: object) -> T:
        """Remember the result for this input, and give it back."""
        if not (_OFF.get() or party().waived):
            self._known.append((given, result))
        return result
