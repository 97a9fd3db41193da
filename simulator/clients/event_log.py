"""The list of what a client did and noticed, which somebody may want to hear of at once."""

from collections.abc import Callable

from simulator.clients.events import Event, Received
from simulator.recent import Bounds, weight


class EventLog(list[Event]):
    """A list that is only appended to; `heard_by` is called with each event. With `bounds` the last are kept, and
    numbers go on counting those that are not.
    """

    heard_by: Callable[[Event], None] = staticmethod(lambda _: None)
    bounds: Bounds | None = None
    forgotten = 0
    """How many events there were before the first that is kept."""
    forgotten_messages = 0
    """How many of them were messages that were read."""
    _size = 0

    @property
    def total(self) -> int:
        """How many there have been."""
        return self.forgotten + len(self)

    def since(self, number: int) -> tuple[Event, ...]:
        """What came after the first `number`, as far as it is kept."""
        return tuple(self[max(0, number - self.forgotten) :])

    def messages_since(self, number: int) -> tuple[tuple[Received, ...], int]:
        """The messages after the first `number` that were read, as far as they are kept; how many there have been."""
        kept = [event for event in self if isinstance(event, Received)]
        return tuple(kept[max(0, number - self.forgotten_messages) :]), self.forgotten_messages + len(kept)

    def append(self, event: Event) -> None:
        """Add it, and tell."""
        super().append(event)
        if self.bounds is not None:
            self._size += weight(event)
            self._forget(self.bounds)
        self.heard_by(event)

    def _forget(self, bounds: Bounds) -> None:
        while len(self) > 1 and (len(self) > bounds.items or self._size > bounds.size):
            oldest = self.pop(0)
            self._size -= weight(oldest)
            self.forgotten += 1
            self.forgotten_messages += isinstance(oldest, Received)
