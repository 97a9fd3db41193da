"""What a client did and noticed."""

from dataclasses import fields
from typing import Any, ClassVar

from simulator.clients.events.events import Event
from simulator.federation.control.action import Action, Answer, ClientName, Since
from simulator.federation.control.operator import Operator


class Noticed(Answer, frozen=True, kw_only=True):
    """Events, oldest first: each with its kind in `event` and its own fields, bytes in hex. `next` continues here. The
    last thousand are kept.
    """

    events: tuple[dict[str, Any], ...]
    next: int


class Events(Action, frozen=True, kw_only=True):
    """Read the client's queue, and tell what it did and noticed: `joined`, `epoch_changed`, `rejected`, ..."""

    name: ClassVar[str] = "events"
    example: ClassVar[dict[str, Any]] = {"client": "bob", "since": 0}

    client: ClientName
    since: Since = 0

    async def run(self, operator: Operator) -> Noticed:
        """From the client's event log."""
        async with operator.acting(self.client) as client:
            events, total = client.events.since(self.since), client.events.total
        return Noticed(events=tuple(map(_shown, events)), next=total)


def _shown(event: Event) -> dict[str, Any]:
    values = {field.name: getattr(event, field.name) for field in fields(event)}
    shown = {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
    return {"event": _word(type(event).__name__), **shown}


def _word(name: str) -> str:
    """`EpochChanged` as `epoch_changed`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("_")
