"""The list of what a client did and noticed, which somebody may want to hear of at once."""

from collections.abc import Callable

from simulator.bounded_records import Recent
from simulator.clients.events.events import Event, Received


class EventLog(Recent[Event]):
    """`heard_by` is called with each event. With bounds, numbers go on counting the events that are not kept."""

    heard_by: Callable[[Event], None] = staticmethod(lambda _: None)
    _messages = 0

    def since(self, number: int) -> tuple[Event, ...]:
        """What came after the first `number`, as far as it is kept."""
        return tuple(self[max(0, number - self.forgotten) :])

    def messages_since(self, number: int) -> tuple[tuple[Received, ...], int]:
        """The messages after the first `number` that were read, as far as they are kept; how many there have been."""
        kept = [event for event in self if isinstance(event, Received)]
        return tuple(kept[max(0, number - (self._messages - len(kept))) :]), self._messages

    def append(self, event: Event) -> None:
        """Add it, and tell."""
        super().append(event)
        self._messages += isinstance(event, Received)
        self.heard_by(event)
