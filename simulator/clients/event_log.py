"""The list of what a client did and noticed, which somebody may want to hear of at once."""

from collections.abc import Callable

from simulator.clients.events import Event


class EventLog(list[Event]):
    """A list that is only appended to; `heard_by` is called with each event."""

    heard_by: Callable[[Event], None] = staticmethod(lambda _: None)

    def append(self, event: Event) -> None:
        """Add it, and tell."""
        super().append(event)
        self.heard_by(event)
