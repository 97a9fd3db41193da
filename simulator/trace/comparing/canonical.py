"""The canonical form of a trace: what the same scenario with the same seed makes every time.

Without ports, times, connections and the order of flows among each other: per step, who asked whom for what, in order,
and what each client and provider noticed. Bodies of the draft are there as the fields that they consist of; what no
draft changes, as its bytes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cached_property, partial

from simulator.dataclass import dataclass
from simulator.trace.comparing.alignment import unnumbered
from simulator.trace.comparing.traffic import Sent
from simulator.trace.events import Event, Exchange, ProtocolEvent, TLSFailure
from simulator.trace.layout.comparing import View
from simulator.trace.trace import Flow, Step, Trace
from simulator.trace.tree import Dissection, Node

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


@dataclass(frozen=True)
class Body:
    """A body. It is decoded when somebody asks for more than its bytes."""

    data: bytes
    decoded: Callable[[], Dissection | None] = field(compare=False, repr=False)
    view: View | None = field(default=None, compare=False)
    """How its tree is shown; as it is, if there is none."""

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    @cached_property
    def raw(self) -> Dissection:
        """What it means, by its own layout; what nobody can decode is bytes."""
        found = self.decoded()
        if found is None:
            found = Dissection(Node("bytes", "", f"opaque[{self.size}]", self.data.hex(), 0, self.size))
        return found

    @property
    def error(self) -> str | None:
        """Why not all of it could be decoded."""
        return self.raw.error

    @cached_property
    def root(self) -> Node:
        """Its tree, as it is shown."""
        return self.raw.root if self.view is None else self.view.of(self.raw.root)

    @property
    def struct(self) -> str:
        """What it is."""
        return self.root.type

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields without parts, by path."""
        found: dict[str, Field] = {}
        _collect(self.root, self.root.type, found)
        return found


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


@dataclass(frozen=True, slots=True)
class Shown:
    """How a run is shown to be compared with one of another layout."""

    view: View | None = None
    endpoints: Mapping[str, str] = field(default_factory=dict)
    """What endpoints are called there, and operations that are called after them."""

    def name(self, name: str | None) -> str | None:
        """An endpoint or operation, as it is called there."""
        return name if name is None else self.endpoints.get(name, name)


AS_IT_IS = Shown()


def canonical(trace: Trace, shown: Shown = AS_IT_IS) -> Canonical:
    """What is the same in each run."""
    steps = {step.label or OUTSIDE: _step(step, trace, shown) for step in trace.steps}
    if OUTSIDE in steps and not (steps[OUTSIDE].flows or steps[OUTSIDE].noticed):
        del steps[OUTSIDE]
    return Canonical(trace.id, trace.header.seed, trace.header.draft, trace.result, steps)


def _step(step: Step, trace: Trace, shown: Shown) -> CanonicalStep:
    flows = {flow: tuple(_message(each, trace, shown) for each in found) for flow, found in step.flows.items()}
    noticed: dict[str, list[str]] = {}
    people = {client.uri: client.name for each in trace.header.providers for client in each.clients}
    for event in step.events:
        who, what = _noticed(event, people, shown)
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


def _noticed(event: Event, people: Mapping[str, str], shown: Shown) -> tuple[str, str]:
    match event:
        case TLSFailure():
            return event.server, f"TLSFailure: {event.reason}"
        case ProtocolEvent():
            with_peer = event.role == "provider" and event.peer is not None
            who = f"{event.name} and {event.peer}" if with_peer else event.name  # a provider deals with several at once
            facts = (event.epoch, shown.name(event.operation), event.rule, None if with_peer else event.peer)
            rules = f"[{event.broken.replace(', ', ' ')}]" if event.rules else None
            told = (event.kind, *facts, *event.details.values(), rules)
            said = " ".join(str(fact) for fact in told if fact is not None)
            return who, CLIENT.sub(lambda uri: people.get(uri[0], uri[0]), said)
    return "", ""


def _message(exchange: Exchange, trace: Trace, shown: Shown) -> Message:
    facts = {
        "operation": shown.name(exchange.operation),
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
        shown.name(exchange.endpoint) or "",
        {name: str(value) for name, value in facts.items() if value is not None},
        Body(exchange.request, partial(trace.dissect, exchange.endpoint, "request", exchange.request), shown.view),
        Body(exchange.response, partial(trace.dissect, exchange.endpoint, "response", exchange.response), shown.view),
    )


def _collect(node: Node, struct: str, fields: dict[str, Field]) -> None:
    if not node.children and node.path:
        fields[node.path] = Field(struct, node.type, node.value, node.text)
    elif not node.children and node.value:
        fields[node.name] = Field(node.type, node.type, node.value, node.text)
    inside = f"{struct}.{node.name}" if node.type.startswith(("vector", "opaque")) else node.type
    for child in node.children:
        _collect(child, inside, fields)


def notices_in(run: Canonical) -> Iterator[tuple[str, list[str]]]:
    """What was noticed in each step, whoever noticed it."""
    for step in run.steps.values():
        yield step.label, [notice for notices in step.noticed.values() for notice in notices]


def sent_in(run: Canonical) -> Iterator[Sent]:
    """What went over the wire."""
    for step in run.steps.values():
        keyword = (unnumbered(step.label).split() or [""])[0]
        for messages in step.flows.values():
            for each in messages:
                operation = each.facts.get("operation", each.endpoint)
                size = each.request.size + each.response.size
                yield Sent(keyword, f"{run.scenario} {step.label}", operation, size)
