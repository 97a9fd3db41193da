"""Records that keep what happened last, however long something runs and whatever size peers give to it."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_EACH = 200
"""What Python takes for an object, about, in bytes."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept: so many, and no more than so many bytes of memory, about; the last one in any case."""

    items: int
    size: int


class Recent(Generic[T]):
    """The last items that were added; all of them without bounds."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self._bounds = bounds
        self._items: deque[tuple[T, int]] = deque()
        self._size = 0
        self.forgotten = 0
        """How many there were before those that are kept."""

    def add(self, item: T) -> tuple[T, ...]:
        """Keep an item; those that are forgotten for it, oldest first."""
        if self._bounds is None:
            self._items.append((item, 0))
            return ()
        size = weight(item)
        self._items.append((item, size))
        self._size += size
        gone = []
        while len(self._items) > 1 and (len(self._items) > self._bounds.items or self._size > self._bounds.size):
            oldest, lost = self._items.popleft()
            self._size -= lost
            gone.append(oldest)
        self.forgotten += len(gone)
        return tuple(gone)

    def __iter__(self) -> Iterator[T]:
        return (item for item, _ in self._items)

    def __len__(self) -> int:
        return len(self._items)


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
