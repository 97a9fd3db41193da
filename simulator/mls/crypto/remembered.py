"""Results of pure functions, remembered under all of their input.

The actors of a federation live in one process, and scenarios of one seed have the same keys: the same signature over
the same bytes is verified under the same key by whoever meets it. That is one fact. No check is left out by it: other
bytes, another key or another signature is another input. `nothing_remembered` switches it off, to measure what each one
costs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_KEPT = 8192
"""Results a function; what was asked for longest ago makes room."""

_off = 0
"""How many want nothing to be remembered."""


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """The same function, asked once for each input. It has to be pure, and its arguments hashable."""
    known: Callable[P, T] = lru_cache(_KEPT)(function)  # type: ignore[assignment]

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs) if _off else known(*args, **kwargs)

    return ask


@contextmanager
def nothing_remembered() -> Iterator[None]:
    """Compute everything anew in here."""
    global _off  # noqa: PLW0603 - it holds for the process
    _off += 1
    try:
        yield
    finally:
        _off -= 1
