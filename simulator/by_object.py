"""Results of pure functions, remembered by the very object that they are of: nothing of it is hashed or compared,
however large it is. For values that nobody changes, and that come again as the same objects.
"""

from collections.abc import Callable, Sized
from typing import Generic, TypeVar

A = TypeVar("A", bound=Sized)
T = TypeVar("T")


class ByObject(Generic[A, T]):
    """A function that is asked once for each object with `least` items or more, as long as no `size` others come after
    that one. Raises what the function raises.
    """

    def __init__(self, function: Callable[[A], T], *, least: int, size: int) -> None:
        self._function = function
        self._least = least
        self._size = size
        self._known: dict[int, tuple[A, T]] = {}
        """By `id`, with the object itself: no other one can have its `id` as long as it is here."""

    def __call__(self, of: A) -> T:
        """The function's result."""
        if len(of) < self._least:
            return self._function(of)
        known = self._known.get(id(of))
        if known is not None:
            return known[1]
        result = self._function(of)
        self._known[id(of)] = (of, result)
        if len(self._known) > self._size:
            del self._known[next(iter(self._known))]
        return result
