"""A scenario as text: who takes part, what happens, what must come of it."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec
from msgspec import structs

from simulator.scenario import Scenario
from simulator.scenario.entry import Entry
from simulator.scenario.network import LinksByName, NetworkSettings
from simulator.scenario.outcome import Outcome
from simulator.scenario.step import keyword
from simulator.scenario.topology import Topology

_INDENT = " " * 6


def outline(scenario: Scenario) -> Iterator[str]:
    """The lines."""
    content = scenario.content
    yield scenario.id
    yield f"  {content.name}" + "".join(f" #{tag}" for tag in content.tags)
    yield from (f"    {line}".rstrip() for line in content.description.strip().splitlines())
    if content.covers:
        yield f"  covers {', '.join(content.covers)}"
    if content.skip is not None:
        yield f"  skipped: {content.skip}"
    yield ""
    yield from _topology(scenario.topology)
    if content.network is not None:
        yield from _network(content.network)
    yield ""
    for entry in scenario.steps:
        yield from _step(entry)


def told(value: Any) -> str:
    """A value of a scenario as one would write it."""
    match value:
        case msgspec.Struct():
            return arguments(value)
        case tuple() | list():
            return f"[{', '.join(map(told, value))}]"
        case dict():
            return "{" + ", ".join(f"{key}: {told(item)}" for key, item in value.items()) + "}"
        case Enum():
            return str(value.value)
        case bool():
            return str(value).lower()
        case Entry():
            return " ".join(filter(None, (value.label, arguments(value.step))))
        case bytes():
            return value.decode(errors="replace")
    return str(value)


def arguments(struct: msgspec.Struct) -> str:
    """What is said in a step or an expectation, without what was left out."""
    said = []
    for field in msgspec.structs.fields(type(struct)):
        value = getattr(struct, field.name)
        if value is not None and (field.required or value not in (field.default, _made(field.default_factory))):
            said.append(f"{field.encode_name.removesuffix('_')}: {told(value)}")
    return ", ".join(said)


def _made(factory: object) -> object:
    """The default that a field's factory makes, if it has one."""
    return factory() if callable(factory) else factory


def expected(entry: Entry) -> Iterator[str]:
    """What must come of a step, one by one."""
    if entry.expect.outcome != Outcome():
        yield str(entry.expect.outcome)
    for located in entry.expect.expectations:
        yield f"{keyword(type(located.expectation))} {arguments(located.expectation)}".strip()


def _network(network: NetworkSettings) -> Iterator[str]:
    usual = arguments(structs.replace(network, links=LinksByName({})))
    yield f"  network{f': {usual}' if usual else ''}"
    for (here, there), link in network.links.by_way.items():
        yield f"    {here} -> {there}: {arguments(link) or 'as all others'}"


def _topology(topology: Topology) -> Iterator[str]:
    settings = []
    for field in msgspec.structs.fields(Topology):
        value = getattr(topology, field.name)
        if field.name not in ("providers", "generate") and value != field.default:
            settings.append(f"{field.encode_name}: {told(value)}")
    yield from (f"  {setting}" for setting in settings)
    width = max((len(name) for name in topology.providers), default=0)
    for name, provider in topology.providers.items():
        users = ", ".join(f"{user} ({', '.join(clients)})" for user, clients in provider.users.clients.items())
        more = "" if provider.ds_host is None else f"  ds_host: {provider.ds_host}"
        more += "" if provider.external is None else f"  at {provider.external.address}:{provider.external.port}"
        yield f"  {name:<{width}}  {users}{more}".rstrip()


def _step(entry: Entry) -> Iterator[str]:
    label = "check" if entry.alone else entry.label
    yield " ".join((f"{entry.line:>4}  {label}  {arguments(entry.step)}".rstrip(), *(f"#{tag}" for tag in entry.tags)))
    if entry.note is not None:
        yield from (f"{_INDENT}({line})" for line in entry.note.strip().splitlines())
    if entry.skip is not None:
        yield f"{_INDENT}skipped: {entry.skip}"
    yield from (f"{_INDENT}-> {line}" for line in expected(entry))
    if entry.covers:
        yield f"{_INDENT}covers {', '.join(entry.covers)}"
