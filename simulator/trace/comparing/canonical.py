"""The canonical form of a trace: what the same scenario with the same seed makes every time.

Without ports, times, connections and the order of flows among each other: per step, who asked whom for what, in order,
and what each client and provider noticed. Bodies are there as the fields that they consist of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from simulator.trace.events import Event, Exchange, ProtocolEvent, TLSFailure
from simulator.trace.trace import Flow, Step, Trace
from simulator.trace.tree import Dissection, Node

Shapes = dict[str, dict[str, set[str]]]
"""Per struct and field: as which types it was seen."""

OUTSIDE = "-"
"""The label of what happened outside of all steps."""

CLIENT = re.compile(r"mimi://[^\s,]+/d/[^\s,]+")
"""A client's URI."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body that has no parts."""

    struct: str
    """The struct that it is of."""
    type: str
    value: str
    text: str | None
    """The value of bytes that are text."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its size, its fields by path, and its digest."""

    struct: str
    size: int
    fields: Mapping[str, Field]
    brief: tuple[tuple[str, str], ...]
    """The outermost fields: the value, or for structs a digest; bytes only where there is nothing else."""
    error: str | None
    shapes: Shapes


@dataclass(frozen=True, slots=True)
class Message:
    """A request and its answer."""

    endpoint: str
    facts: Mapping[str, str]
    """operation, path.<variable>, method, status, code, error, fault, attempt, http: those that there are."""
    request: Body
    response: Body


@dataclass(frozen=True, slots=True)
class CanonicalStep:
    """What happened during one step."""

    label: str
    result: str
    message: str
    flows: Mapping[Flow, tuple[Message, ...]]
    noticed: Mapping[str, tuple[str, ...]]
    """Per client and provider: what it did and noticed, in order."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """A run of a scenario."""

    scenario: str
    seed: int
    draft: str
    result: str
    steps: Mapping[str, CanonicalStep]
    """By label, in order."""


def canonical(trace: Trace) -> Canonical:
    """What is the same in each run."""
    steps = {step.label or OUTSIDE: _step(step, trace) for step in trace.steps}
    if OUTSIDE in steps and not (steps[OUTSIDE].flows or steps[OUTSIDE].noticed):
        del steps[OUTSIDE]
    return Canonical(trace.id, trace.header.seed, trace.header.draft, trace.result, steps)


def _step(step: Step, trace: Trace) -> CanonicalStep:
    flows = {flow: tuple(_message(each, trace) for each in found) for flow, found in step.flows.items()}
    noticed: dict[str, list[str]] = {}
    people = {client.uri: client.name for each in trace.header.providers for client in each.clients}
    for event in step.events:
        who, what = _noticed(event, people)
        if what:
            noticed.setdefault(who, []).append(what)
    ended = step.ended
    return CanonicalStep(
        step.label or OUTSIDE,
        ended.result if ended else "",
        ended.message if ended else "",
        flows,
        {who: tuple(noticed[who]) for who in sorted(noticed)},
    )


def _noticed(event: Event, people: Mapping[str, str]) -> tuple[str, str]:
    match event:
        case TLSFailure():
            return event.server, f"TLSFailure: {event.reason}"
        case ProtocolEvent():
            with_peer = event.role == "provider" and event.peer is not None
            who = f"{event.name} and {event.peer}" if with_peer else event.name  # a provider deals with several at once
            facts = (event.epoch, event.operation, event.rule, None if with_peer else event.peer)
            said = " ".join(str(fact) for fact in (event.kind, *facts, *event.details.values()) if fact is not None)
            return who, CLIENT.sub(lambda uri: people.get(uri[0], uri[0]), said)
    return "", ""


def _message(exchange: Exchange, trace: Trace) -> Message:
    facts = {
        "operation": exchange.operation,
        **{f"path.{name}": value for name, value in exchange.variables.items()},
        "method": exchange.method,
        "status": exchange.status,
        "code": exchange.code,
        "error": exchange.error,
        "fault": exchange.fault,
        "attempt": exchange.attempt if exchange.attempt > 1 else None,
        "http": exchange.http_version,
    }
    return Message(
        exchange.endpoint,
        {name: str(value) for name, value in facts.items() if value is not None},
        body(trace.request(exchange), exchange.request),
        body(trace.response(exchange), exchange.response),
    )


def body(found: Dissection | None, data: bytes) -> Body:
    """A body's fields; those of one that nobody can decode are its bytes."""
    if found is None:
        root = Node("bytes", "", f"opaque[{len(data)}]", data.hex(), 0, len(data))
        found = Dissection(root)
    fields: dict[str, Field] = {}
    shapes: Shapes = {}
    _collect(found.root, found.root.type, fields, shapes)
    outermost = found.root.children or ((found.root,) if data else ())
    telling = [node for node in outermost if not node.is_bytes or node.children] or outermost
    brief = tuple((node.name, _brief(node, data)) for node in telling)
    return Body(found.root.type, len(data), fields, brief, found.error, shapes)


def _collect(node: Node, struct: str, fields: dict[str, Field], shapes: Shapes) -> None:
    if not node.children and node.path:
        fields[node.path] = Field(struct, node.type, node.value, node.text)
    elif not node.children and node.value:
        fields[node.name] = Field(node.type, node.type, node.value, node.text)
    inside = f"{struct}.{node.name}" if node.type.startswith(("vector", "opaque")) else node.type
    for child in node.children:
        name = "[]" if child.name.startswith("[") else child.name
        shapes.setdefault(inside, {}).setdefault(name, set()).add(child.type)
        _collect(child, inside, fields, shapes)


def _brief(node: Node, data: bytes) -> str:
    if not node.children and not node.is_bytes:
        return node.value or "-"
    digest = sha256(data[node.offset : node.offset + node.length]).hexdigest()[:6]
    return f"@{digest}" if node.is_bytes else f"{node.type}@{digest}"
