"""Results of pure functions, remembered under all of their input.

The actors of a federation live in one process: the same signature over the same bytes is verified under the same key
by whoever meets it, and a thousand clients join by the same tree. That is one fact. No check is left out by it: other
bytes are another input.

    remembered      for functions of the cryptography, which say the same to everybody; `remembered_list` for those of
                    lists that are the same for many messages
    Remembered      for what also checks rules: nothing is kept for, nor told to, who does not keep them all, since what
                    such a party finds good need not be good; nor a failure, which is found each time
    found_good      for such checks of small values, very many of which come again

`nothing_remembered` switches all off, to measure what each computation costs.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Generic, ParamSpec, TypeVar

from simulator.rules import party

P = ParamSpec("P")
T = TypeVar("T")
L = TypeVar("L", tuple[str, ...], str)

_KEPT = 8192
"""Results of one function; what was asked for longest ago makes room."""

_LONG, _LONG_KEPT, _SHORT_KEPT = 64, 32, 1024
"""What is long (characters of a text, items of a tuple), and how many of these are kept, and of shorter ones."""

_OFF: ContextVar[bool] = ContextVar("off", default=False)


@contextmanager
def nothing_remembered() -> Iterator[None]:
    """Inside, everything is worked out each time: to measure what that costs."""
    token = _OFF.set(True)
    try:
        yield
    finally:
        _OFF.reset(token)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """The same function, asked once for each input. It has to be pure, and its arguments hashable."""
    known: Callable[P, T] = lru_cache(_KEPT)(function)  # type: ignore[assignment]

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs) if _OFF.get() else known(*args, **kwargs)

    return ask


def found_good(check: Callable[P, None]) -> Callable[P, None]:
    """The same check, made once for each input that passes, for all who keep all rules. It has to depend on nothing but
    its arguments, which have to be hashable.
    """
    known: Callable[P, None] = lru_cache(_KEPT)(check)  # type: ignore[assignment]

    @wraps(check)
    def ask(*args: P.args, **kwargs: P.kwargs) -> None:
        if _OFF.get() or party().waived:
            check(*args, **kwargs)
        else:
            known(*args, **kwargs)

    return ask


def remembered_list(function: Callable[[L], T]) -> Callable[[L], T]:
    """The same function of a tuple or text that lists members of a group: they are the same for all of its messages.
    It has to be pure.
    """
    short: Callable[[L], T] = lru_cache(_SHORT_KEPT)(function)
    long: Callable[[L], T] = lru_cache(_LONG_KEPT)(function)

    @wraps(function)
    def ask(given: L) -> T:
        if _OFF.get():
            return function(given)
        return short(given) if len(given) < _LONG else long(given)

    return ask


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
