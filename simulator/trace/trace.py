"""A trace that has been read: the header, the events in their order, and ways to look at them."""

from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from typing import TypeVar

from simulator.dataclass import dataclass
from simulator.trace.events import End, Event, Exchange, StepBegan, StepEnded
from simulator.trace.header import Header
from simulator.trace.layout import dissector
from simulator.trace.tokens.bodies import token_body
from simulator.trace.tokens.challenges import Shown, shown_challenges
from simulator.trace.tokens.fields import FieldMeaning, field_meanings
from simulator.trace.tokens.sentences import about_tokens
from simulator.trace.tree import Dissect, Dissection, Part, undissected

E = TypeVar("E", bound=Event)

Flow = tuple[str, str]
"""Who asked whom: two providers, by name."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scenario with everything that began during it."""

    number: int
    """0 is what happens outside of steps: the start."""
    label: str
    began: StepBegan | None
    ended: StepEnded | None
    events: tuple[Event, ...]
    """In their order, the two above not among them."""

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The HTTP exchanges among the events."""
        return tuple(event for event in self.events if isinstance(event, Exchange))

    @property
    def flows(self) -> dict[Flow, tuple[Exchange, ...]]:
        """The exchanges of each pair of providers, in order; between different pairs no order is promised."""
        found: dict[Flow, list[Exchange]] = {}
        for exchange in self.exchanges:
            found.setdefault((exchange.sender, exchange.to), []).append(exchange)
        return {flow: tuple(found[flow]) for flow in sorted(found)}


@dataclass(frozen=True)
class Trace:
    """One run of one scenario, as far as it has been recorded."""

    header: Header
    events: tuple[Event, ...]
    """By number: in the order in which they began."""
    dissect: Dissect = field(default=undissected, compare=False)
    challenges: Shown | None = field(default=None, compare=False, repr=False)
    """The challenges of a run of which this is a part; None where it is the whole."""
    again: bool = False
    """Whether it is one of several runs of its scenario that were read together, and not that with the lowest seed."""

    @classmethod
    def of_run(cls, header: Header, events: tuple[Event, ...]) -> "Trace":
        """Of these events, decoded by the layout that the header has. Raises LayoutError where that is none."""
        return cls(header, events, dissector(header.layout) if header.layout else undissected)

    @property
    def id(self) -> str:
        """What tells it from the others that were read: its scenario's id, behind that the seed where it is `again`."""
        return f"{self.header.scenario} seed {self.header.seed}" if self.again else self.header.scenario

    def of(self, kind: type[E]) -> Iterator[E]:
        """The events of one class, in their order."""
        return (event for event in self.events if isinstance(event, kind))

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The HTTP exchanges."""
        return tuple(self.of(Exchange))

    @property
    def end(self) -> End | None:
        """The verdict; None where the run is still going on, or crashed."""
        return next(self.of(End), None)

    @property
    def result(self) -> str:
        """The verdict's word; `unfinished` where there is none."""
        return self.end.result if self.end else "unfinished"

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps in their order, with what happened before the first as number 0."""
        found: dict[tuple[int, str], list[Event]] = {}
        for event in self.events:
            if not isinstance(event, End):
                found.setdefault((event.step_number, event.step or ""), []).append(event)
        return tuple(_step(number, label, found[number, label]) for number, label in sorted(found))

    @cached_property
    def shown_challenges(self) -> Shown:
        """The challenges of Privacy Pass in the run, which tokens name by their digests."""
        return shown_challenges(self.exchanges) if self.challenges is None else self.challenges

    def request(self, exchange: Exchange) -> Dissection | None:
        """What its request's body means."""
        found = token_body(exchange.request_headers, exchange.request)
        return found or self.dissect(exchange.endpoint, "request", exchange.request)

    def response(self, exchange: Exchange) -> Dissection | None:
        """What its answer's body means."""
        found = token_body(exchange.response_headers, exchange.response)
        return found or self.dissect(exchange.endpoint, "response", exchange.response)

    def fields(self, exchange: Exchange, part: Part) -> tuple[FieldMeaning, ...]:
        """What those of its headers mean that belong to tokens."""
        if part == "request":
            return field_meanings(exchange.request_headers, exchange.request, self.shown_challenges)
        return field_meanings(exchange.response_headers, exchange.response, self.shown_challenges)

    def about_tokens(self, exchange: Exchange) -> str:
        """What it says of tokens, as a sentence; empty where it says nothing of them."""
        return about_tokens(exchange, self.shown_challenges)


def _step(number: int, label: str, events: list[Event]) -> Step:
    began = next((event for event in events if isinstance(event, StepBegan)), None)
    ended = next((event for event in events if isinstance(event, StepEnded)), None)
    rest = tuple(event for event in events if not isinstance(event, StepBegan | StepEnded))
    return Step(number, label, began, ended, rest)
