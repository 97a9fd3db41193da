"""What clients have noticed."""

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Annotated, Any, ClassVar, get_args

import msgspec

from simulator.clients.events.events import Event
from simulator.docstrings import docstring
from simulator.errors import SimulatorError, hint
from simulator.scenario.names import ClientRef, GroupRef, OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


def _word(kind: type) -> str:
    """`fell_behind` for FellBehind."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _meaning(kind: type) -> str:
    """The first sentence of its explanation, up to a colon."""
    return re.split(r"[.;:] ", " ".join(docstring(kind).split()))[0].rstrip(".") + "."


EVENTS: dict[str, Any] = {_word(kind): kind for kind in get_args(Event)}
"""The kinds of events in clients' logs, by the word for each: `equivocated`, `fell_behind`."""

EventWord = Annotated[
    str, OneOf("event", lambda: {word: _meaning(kind) for word, kind in EVENTS.items()}, keyword="noticed")
]


class Noticed(Expectation, frozen=True, kw_only=True, tag="noticed"):
    """Exactly these clients have such an event in their logs: during the step that this stands under, or ever where it
    stands alone. `noticed: {event: equivocated, by: [bob, carol]}`
    """

    spreads: ClassVar[bool] = True

    event: EventWord
    by: tuple[ClientRef, ...]
    """Nobody if the list is empty."""
    group: GroupRef | None = None
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How often each has it; once or more if not said."""
    fields: dict[str, Any] = {}
    """What the event says, by field: a number or a whole text, words that a `reason` has in it, a list of names."""

    def __post_init__(self) -> None:
        known = [field.name for field in fields(EVENTS[self.event])]
        for name in self.fields:
            if name not in known:
                raise SimulatorError(
                    f'{self.event} has no field "{name}"{hint(name, known)}; known: {", ".join(known)}'
                )

    def before(self, context: Context) -> dict[str, int]:
        """How long the logs were."""
        return {client.uri: len(client.events) for client in context.session.clients}

    def check(self, context: Context, before: dict[str, int] | None) -> None:
        """Look into every client's log."""
        expected = {context.session.client(name).name for name in self.by}
        for client in context.session.clients:
            fresh = client.events[(before or {}).get(client.uri, 0) :]
            found = [event for event in fresh if self._is(event, context)]
            wanted = client.name in expected
            if bool(found) != wanted or (wanted and self.times not in (None, len(found))):
                raise Unmet(
                    f"{client.name} to have noticed {self._words() if wanted else f'no {self.event}'}",
                    f"it has {len(found)}" + self._others(fresh),
                )

    def _is(self, event: Any, context: Context) -> bool:
        return (
            isinstance(event, EVENTS[self.event])
            and (self.group is None or event.group == context.group(self.group))
            and all(_fits(getattr(event, name), value, context) for name, value in self.fields.items())
        )

    def _others(self, fresh: Sequence[Any]) -> str:
        """What else a client noticed: the events of this kind, or the kinds that there were instead."""
        alike = ", ".join(str(event) for event in fresh if isinstance(event, EVENTS[self.event]))
        kinds = ", ".join(dict.fromkeys(_word(type(event)) for event in fresh)) or "nothing"
        return f" of these: {alike}" if alike else f"; it noticed: {kinds}"

    def _words(self) -> str:
        said = ", ".join(f"{name} {value}" for name, value in self.fields.items())
        return self.event + (f" {self.times} times" if self.times else "") + (f" ({said})" if said else "")


def _fits(found: Any, wanted: Any, context: Context) -> bool:
    """Texts by what is in them, clients by their names in the scenario."""
    if isinstance(found, bytes):
        found = found.decode(errors="replace")
    if isinstance(found, tuple):
        items = wanted if isinstance(wanted, tuple) else (wanted,)
        return len(found) == len(items) and all(map(lambda f, w: _fits(f, w, context), found, items))
    if isinstance(found, str) and isinstance(wanted, str):
        named = {client.name: client.uri for client in context.session.clients}
        return wanted in found or found == named.get(wanted)
    return bool(found == wanted)
