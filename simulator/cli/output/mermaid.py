"""A scenario as a Mermaid sequence diagram, as its file says it: nothing has been run."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec

from simulator.cli.output.outline import arguments, expected
from simulator.scenario import Scenario
from simulator.scenario.entry import Entry
from simulator.scenario.names import Kind, Refers
from simulator.trace.drawing.mermaid import box, label

_WHO = (Kind.client, Kind.user, Kind.provider)
_FIRST = ("by", "from_", "client", "user")
"""Fields that say who acts, where there are several who take part."""


def diagram(scenario: Scenario) -> Iterator[str]:
    """The lines: a box for each provider with its clients, an arrow for each step, a note for what is expected."""
    lanes = _Lanes(scenario)
    yield "sequenceDiagram"
    yield f"    title {label(scenario.content.name)}"
    yield from lanes.boxes()
    for entry in scenario.steps:
        yield from _entry(entry, lanes)


class _Lanes:
    """Everybody who takes part, under the names that Mermaid can read."""

    def __init__(self, scenario: Scenario) -> None:
        self._ids: dict[str, str] = {}
        self._boxes: dict[str, list[str]] = {}
        for provider, about in scenario.topology.providers.items():
            inside = self._boxes[provider] = [provider]
            self._ids[provider] = f"p{len(self._boxes)}"
            for user, devices in about.users.clients.items():
                for device in devices:
                    name = f"{user}.{device}"
                    inside.append(name)
                    self._ids[name] = f"c{len(self._ids)}"
                    self._ids.setdefault(user, self._ids[name])

    def boxes(self) -> Iterator[str]:
        for provider, inside in self._boxes.items():
            yield f"    {box(provider)}"
            for name in inside:
                yield f"    {'participant' if name == provider else 'actor'} {self._ids[name]} as {label(name)}"
            yield "    end"

    def of(self, names: Sequence[str]) -> list[str]:
        """The lanes of those who are in the topology, each once."""
        return list(dict.fromkeys(self._ids[name] for name in names if name in self._ids))

    @property
    def all(self) -> str:
        """A note over everybody."""
        ends = [self._ids[self._boxes_first], self._ids[self._boxes_last]]
        return ",".join(dict.fromkeys(ends))

    @property
    def _boxes_first(self) -> str:
        return next(iter(self._boxes))

    @property
    def _boxes_last(self) -> str:
        return next(reversed(self._boxes.values()))[-1]


def _entry(entry: Entry, lanes: _Lanes) -> Iterator[str]:
    together = [item for item in _values(entry.step) if isinstance(item, Entry)]
    if together:
        for number, item in enumerate(together):
            yield "    par" if number == 0 else "    and"
            yield from _entry(item, lanes)
        yield "    end"
    elif not entry.alone:
        yield from (f"    {line}" for line in _step(entry, lanes))
    for line in expected(entry):
        yield f"    Note over {lanes.all}: expected: {label(line)}"


def _step(entry: Entry, lanes: _Lanes) -> list[str]:
    said = label(f"{entry.label}: {arguments(entry.step)}".rstrip(": "))
    people = {name: lanes.of(names) for name, names in _people(entry.step).items()}
    first = next((name for name in _FIRST if people.get(name)), next((name for name in people if people[name]), None))
    if first is None:
        return [f"Note over {lanes.all}: {said}"]
    actor = people[first][0]
    others = [lane for name, group in people.items() for lane in group if lane != actor]
    if not others:
        return [f"Note over {actor}: {said}"]
    return [f"{actor}->>{other}: {said}" for other in dict.fromkeys(others)]


def _people(struct: msgspec.Struct) -> dict[str, list[str]]:
    """Who is named in a step, by field."""
    hints = get_type_hints(type(struct), include_extras=True)
    found: dict[str, list[str]] = {}
    for field in msgspec.structs.fields(type(struct)):
        if any(kind in _kinds(hints[field.name]) for kind in _WHO):
            found[field.name] = [name for name in _flat(getattr(struct, field.name)) if isinstance(name, str)]
    return found


def _kinds(annotation: Any) -> set[Kind]:
    """What the names in a value of this type stand for."""
    if get_origin(annotation) is Annotated:
        base, *marks = get_args(annotation)
        return {mark.kind for mark in marks if isinstance(mark, Refers)} | _kinds(base)
    return {kind for argument in get_args(annotation) for kind in _kinds(argument)}


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        for item in value:
            yield from _flat(item)
    else:
        yield value


def _values(struct: msgspec.Struct) -> Iterator[Any]:
    for field in msgspec.structs.fields(type(struct)):
        yield from _flat(getattr(struct, field.name))
