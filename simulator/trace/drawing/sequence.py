"""The layout of a sequence diagram, as values: who stands where, and what comes below what. Drawing it is for others.

    from simulator.trace.drawing.sequence import Band, Message, Note, sequence

    drawn = sequence(trace)
    for row in drawn.rows:                       # from top to bottom
        match row:
            case Band(step): ...                 # a step of the scenario begins
            case Message(exchange, sender, recipient, part): ...    # lanes by their place in `drawn.lanes`
            case Note(event, lane, text): ...    # something that happened at one lane

A request and its answer are one row unless something happened in between: then each has its own, so that what a server
asks others before it answers stands between the two.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Literal, TypeAlias

from simulator.dataclass import dataclass
from simulator.trace.drawing.event_descriptions import Names, describe
from simulator.trace.events import End, Event, Exchange, ProtocolEvent, StepEnded, TLSFailure
from simulator.trace.header import Header
from simulator.trace.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class Lane:
    """Somebody for whom the diagram has a column."""

    name: str
    """What people call it: `a.example`, `alice.phone`."""
    kind: Literal["provider", "client", "other"]
    """`other` is a host that nobody in the header serves, or somebody who asks and is not in it."""
    provider: str
    """The provider it is, or belongs to: lanes with the same one stand side by side, the provider's own first."""


@dataclass(frozen=True, slots=True)
class Band:
    """A step begins."""

    step: Step


@dataclass(frozen=True, slots=True)
class Message:
    """An arrow, or two: the request to the right place and the answer (or its absence) back."""

    exchange: Exchange
    sender: int
    """The lane that asks."""
    recipient: int
    """The lane that is asked; may be the same."""
    part: Literal["both", "request", "answer"]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened at one lane."""

    event: ProtocolEvent | TLSFailure
    lane: int
    text: str
    """A few words for people."""


Row: TypeAlias = Band | Message | Note


@dataclass(frozen=True, slots=True)
class Sequence:
    """A diagram: its columns from left to right, its rows from top to bottom."""

    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]


ROUTINE = {"Started", "Stopped", "Enqueued", "Delivered"}
"""What providers do all the time: shown by the messages themselves."""


def sequence(trace: Trace, *, split: bool = True) -> Sequence:
    """The diagram of a trace. Without `split`, each request stands with its answer where it began.

    Only then does the order of rows not depend on times.
    """
    lanes = _Lanes(trace.header)
    steps = {(step.number, step.label): step for step in trace.steps}
    names = Names(trace.header.providers)
    rows: list[Row] = []
    place: tuple[int, str] | None = None
    for event, part in _ordered(trace, split=split):
        if part != "answer" and (event.step_number, event.step or "") != place:
            place = (event.step_number, event.step or "")
            rows.append(Band(steps[place]))
        match event:
            case Exchange():
                rows.append(Message(event, lanes.of(event.sender), lanes.of(event.to), part))
            case TLSFailure():
                rows.append(Note(event, lanes.of(event.server), describe(event, names)))
            case ProtocolEvent() if shown(event):
                rows.append(Note(event, lanes.of(event.name), describe(event, names)))
    return Sequence(tuple(lanes.found), tuple(_merged(_without_idle_start(rows))))


def shown(event: ProtocolEvent) -> bool:
    """Whether an event is worth a row: not what providers do all the time."""
    return event.role == "client" or event.kind not in ROUTINE


def _ordered(trace: Trace, *, split: bool) -> Iterator[tuple[Event, Literal["both", "request", "answer"]]]:
    """The events, each exchange twice if `split`: where it began, and where it was over."""
    open_: list[tuple[float, int, Exchange]] = []
    for event in trace.events:
        if isinstance(event, End | StepEnded):
            continue
        while open_ and open_[0][0] <= event.started:
            yield heappop(open_)[2], "answer"
        if split and isinstance(event, Exchange):
            heappush(open_, (event.started + event.seconds, event.number, event))
            yield event, "request"
        else:
            yield event, "both"
    while open_:
        yield heappop(open_)[2], "answer"


def _without_idle_start(rows: list[Row]) -> list[Row]:
    """The rows without the band of a start during which nothing was worth a row."""
    match rows:
        case [Band(Step(number=0, ended=None)), Band(), *_] | [Band(Step(number=0, ended=None))]:
            return rows[1:]
    return rows


def _merged(rows: list[Row]) -> Iterator[Row]:
    """The rows with each request and its answer in one, where nothing is between."""
    last: Row | None = None
    for row in rows:
        match last, row:
            case Message(exchange, sender, recipient, "request"), Message(other, part="answer") if exchange is other:
                last = Message(exchange, sender, recipient, "both")
                continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


class _Lanes:
    """The columns: those of the header, and behind them whoever else turns up."""

    def __init__(self, header: Header) -> None:
        self.found: list[Lane] = []
        self._places: dict[str, int] = {}
        for provider in header.providers:
            self._add(Lane(provider.name, "provider", provider.name), provider.service_host)
            for client in provider.clients:
                self._add(Lane(client.name, "client", provider.name), client.uri)

    def of(self, name: str) -> int:
        """The place of a provider, host or client."""
        if name not in self._places:
            self._add(Lane(name, "other", name))
        return self._places[name]

    def _add(self, lane: Lane, *aliases: str) -> None:
        for name in (lane.name, *aliases):
            self._places.setdefault(name, len(self.found))
        self.found.append(lane)
