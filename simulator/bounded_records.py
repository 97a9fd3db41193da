"""Records that keep what happened last, however long something runs and whatever size peers give to it."""

from collections import deque
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from simulator.dataclass import dataclass

T = TypeVar("T")

_EACH = 200
"""What Python takes for an object, about, in bytes."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept: so many, and no more than so many bytes of memory, about; the last one in any case."""

    items: int
    size: int


class Recent(list[T]):
    """A list that is only appended to: the last items, or all of them without `bounds`."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        super().__init__()
        self.bounds = bounds
        """To be set while there is nothing in it."""
        self.forgotten = 0
        """How many there were before those that are kept."""
        self._weights: deque[int] = deque()
        self._size = 0

    @property
    def total(self) -> int:
        """How many there have been."""
        return self.forgotten + len(self)

    def append(self, item: T) -> None:
        """Keep an item, and forget those that are too many then, oldest first."""
        super().append(item)
        if self.bounds is None:
            return
        self._weights.append(weight(item))
        self._size += self._weights[-1]
        while len(self) > 1 and (len(self) > self.bounds.items or self._size > self.bounds.size):
            self._size -= self._weights.popleft()
            self.forgotten += 1
            del self[0]


def weight(value: Any) -> int:
    """About how many bytes of memory a value takes: an event, or what is in it."""
    if isinstance(value, bytes | str):
        return _EACH + len(value)
    if isinstance(value, dict):
        return _EACH + sum(weight(key) + weight(each) for key, each in value.items())
    if isinstance(value, tuple | list | frozenset):
        return _EACH + sum(map(weight, value))
    if is_dataclass(value):
        return _EACH + sum(weight(getattr(value, field.name)) for field in fields(value))
    return _EACH // 4
