"""Traces as two tables, one of exchanges and one of everything else: the columns, each with what it means.

The Parquet export and the notebook's data frames are these, so that what one has learned of one holds for the other.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast

from simulator.dataclass import dataclass
from simulator.trace.events import (
    ClientSecret,
    End,
    Event,
    Exchange,
    Mismatch,
    ProtocolEvent,
    Segment,
    StepEnded,
    TLSFailure,
    TLSSecret,
)
from simulator.trace.file import KINDS
from simulator.trace.tokens.fields import FieldMeaning
from simulator.trace.trace import Trace
from simulator.trace.tree import Dissect, Dissection

if TYPE_CHECKING:
    import polars

E = TypeVar("E", bound=Event)

LEFT_OUT = (Segment, TLSSecret, ClientSecret)
"""Bytes of connections and secrets: what is in no table."""

Sort = Literal["text", "whole", "unsigned", "number", "time", "bytes"]


@dataclass(frozen=True, slots=True)
class Column(Generic[E]):
    """A column: its name, the sort of its values, what it means, and how it is found."""

    name: str
    sort: Sort
    meaning: str
    value: Callable[[Trace, E], Any]


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _fields(dissection: Dissection | None) -> str | None:
    """The leaves of a decoded body by path, as JSON."""
    if dissection is None:
        return None
    return json.dumps({leaf.path: leaf.value for leaf in dissection.root.leaves()}, ensure_ascii=False)


def _header_fields(found: tuple[FieldMeaning, ...]) -> str | None:
    """All fields of some headers by path, those of several challenges behind each other, as JSON."""
    if not found:
        return None
    said = [(f"{each.name}[{place}]", each) for place, each in enumerate(found)]
    return json.dumps({f"{name}.{path}": value for name, each in said for path, value in each.values.items()})


def _struct(dissection: Dissection | None) -> str | None:
    return None if dissection is None else dissection.root.type


PLACE: tuple[Column[Any], ...] = (
    Column("scenario", "text", "the scenario's id; in a run that repeats it, with the seed", lambda trace, _: trace.id),
    Column("seed", "whole", "the run's seed", lambda trace, _: trace.header.seed),
    Column("number", "whole", "place in the run: events are numbered as they begin", lambda _, event: event.number),
    Column(
        "step_number", "whole", "the scenario's step, counted from 1; 0 before the first", lambda _, e: e.step_number
    ),
    Column("step", "text", "the step's label", lambda _, event: event.step),
    Column("started", "time", "when it began, in real time", lambda _, event: _time(event.started)),
    Column("simulated", "number", "when it began, in simulated seconds; empty without a network model",
           lambda _, event: event.simulated),
)  # fmt: skip
"""Where in the run an event was; both tables begin so."""

EXCHANGES: tuple[Column[Exchange], ...] = (
    *PLACE,
    Column("sender", "text", "who asked: a provider", lambda _, e: e.sender),
    Column("recipient", "text", "who was asked: the provider, else the host", lambda _, e: e.to),
    Column("host", "text", "the host name in the URL", lambda _, e: e.recipient),
    Column("endpoint", "text", "the endpoint's name in the draft", lambda _, e: e.endpoint),
    Column("operation", "text", "what it was for: `add_users`", lambda _, e: e.operation),
    Column("method", "text", "the HTTP method", lambda _, e: e.method),
    Column("status", "whole", "the HTTP status; empty where no answer came", lambda _, e: e.status),
    Column("code", "text", "the protocol's error code in a refusal: `wrong_epoch`", lambda _, e: e.code),
    Column("error", "text", "why no answer came", lambda _, e: e.error),
    Column("fault", "text", "the faults of the network that it met", lambda _, e: e.fault),
    Column("attempt", "whole", "how often these bytes have gone this way without a success, this time included",
           lambda _, e: e.attempt),
    Column("seconds", "number", "from the request to the end of the answer or the failure", lambda _, e: e.seconds),
    Column("simulated_seconds", "number", "the same in simulated time", lambda _, e: e.simulated_seconds),
    Column("opened", "number", "seconds that it waited for its connection", lambda _, e: e.opened),
    Column("answered", "number", "seconds until the head of the answer was there", lambda _, e: e.answered),
    Column("http_version", "text", "`1.1` or `2`", lambda _, e: e.http_version),
    Column("tls_version", "text", "`TLSv1.3`", lambda _, e: e.tls_version),
    Column("cipher", "text", "the TLS cipher suite", lambda _, e: e.cipher),
    Column("connection", "whole", "the number of the connection in the run", lambda _, e: e.connection),
    Column("request_bytes", "whole", "the size of the request's body", lambda _, e: len(e.request)),
    Column("response_bytes", "whole", "the size of the answer's body", lambda _, e: len(e.response)),
    Column("tokens", "text", "what it says of tokens, as a sentence", lambda t, e: t.about_tokens(e) or None),
    Column("request_struct", "text", "the struct in the request", lambda trace, e: _struct(trace.request(e))),
    Column("response_struct", "text", "the struct in the answer", lambda trace, e: _struct(trace.response(e))),
    Column("request_fields", "text", "the request's fields by path, as JSON", lambda t, e: _fields(t.request(e))),
    Column("response_fields", "text", "the answer's fields by path, as JSON", lambda t, e: _fields(t.response(e))),
    Column("request_header_fields", "text", "what the request's headers say of tokens, by path, as JSON",
           lambda t, e: _header_fields(t.fields(e, "request"))),
    Column("response_header_fields", "text", "what the answer's headers say of tokens, by path, as JSON",
           lambda t, e: _header_fields(t.fields(e, "response"))),
    Column("request", "bytes", "the request's body", lambda _, e: e.request),
    Column("response", "bytes", "the answer's body", lambda _, e: e.response),
)  # fmt: skip
"""One row per HTTP request."""


def _of(*kinds: type[Event]) -> Callable[[str], Callable[[Trace, Event], Any]]:
    """Finds an attribute of events of some kinds; None for all others."""

    def attribute(name: str) -> Callable[[Trace, Event], Any]:
        return lambda _, event: getattr(event, name) if isinstance(event, kinds) else None

    return attribute


_protocol = _of(ProtocolEvent)
_verdict = _of(StepEnded, End)
_NAMES = {kind: name for name, kind in KINDS.items()}


def _mismatches(_: Trace, event: Event) -> str | None:
    found: tuple[Mismatch, ...] = event.mismatches if isinstance(event, StepEnded) else ()
    return "; ".join(f"expected {each.expected}, but {each.happened}" for each in found) or None


def _reason(_: Trace, event: Event) -> str | None:
    return event.reason if isinstance(event, ProtocolEvent | TLSFailure) else None


def _broken(_: Trace, event: Event) -> str | None:
    return (event.broken or None) if isinstance(event, ProtocolEvent) else None


def _details(_: Trace, event: Event) -> str | None:
    return json.dumps(dict(event.details), ensure_ascii=False) if isinstance(event, ProtocolEvent) else None


EVENTS: tuple[Column[Event], ...] = (
    *PLACE,
    Column("event", "text", "its sort: `protocol`, `step_ended`, `tls_failure`, ...", lambda _, e: _NAMES[type(e)]),
    Column("kind", "text", "of a protocol event: `Joined`, `EpochChanged`, `Rejected`, ...", _protocol("kind")),
    Column("role", "text", "of a protocol event: `client` or `provider`", _protocol("role")),
    Column("name", "text", "who it was: `alice.phone`, `a.example`", _protocol("name")),
    Column("actor", "text", "the same by URI", _protocol("actor")),
    Column("group", "text", "the group's URI", _protocol("group")),
    Column("epoch", "unsigned", "the group's epoch", _protocol("epoch")),
    Column("operation", "text", "the operation it is about", _protocol("operation")),
    Column("peer", "text", "the other party", _protocol("peer")),
    Column("rule", "text", "of a rejection: the rule that was broken", _protocol("rule")),
    Column("broken", "text", "of a rejection, or one that a waived rule has spared: the IDs of its rules", _broken),
    Column("requirement", "text", "of a decision: the ID of the requirement that it follows", _protocol("requirement")),
    Column("reason", "text", "the sentence for people", _reason),
    Column("details", "text", "whatever else there is to say of its kind, as JSON", _details),
    Column("result", "text", "of a step or the whole run: the verdict", _verdict("result")),
    Column("message", "text", "of a step or the whole run: how it failed, or was refused", _verdict("message")),
    Column("mismatches", "text", "of a step: what should have been and was not", _mismatches),
)  # fmt: skip
"""One row per event that is no exchange."""


def exchanges(traces: Iterable[Trace]) -> "polars.DataFrame":
    """The table of exchanges."""
    return _frame(EXCHANGES, ((trace, each) for trace in map(_remembering, traces) for each in trace.exchanges))


def events(traces: Iterable[Trace]) -> "polars.DataFrame":
    """The table of all other events."""
    other = ((trace, each) for trace in traces for each in trace.events)
    return _frame(EVENTS, ((trace, each) for trace, each in other if not isinstance(each, (Exchange, *LEFT_OUT))))


def _remembering(trace: Trace) -> Trace:
    """The same, but that a body of which several columns speak is decoded once."""
    return replace(trace, dissect=cast("Dissect", lru_cache(maxsize=8)(trace.dissect)))


def _frame(columns: tuple[Column[E], ...], rows: Iterable[tuple[Trace, E]]) -> "polars.DataFrame":
    from simulator.extras import polars

    sorts: dict[Sort, Any] = {
        "text": polars.String,
        "whole": polars.Int64,
        "unsigned": polars.UInt64,
        "number": polars.Float64,
        "time": polars.Datetime("us", "UTC"),
        "bytes": polars.Binary,
    }
    values = [tuple(column.value(trace, event) for column in columns) for trace, event in rows]
    return polars.DataFrame(values, schema={column.name: sorts[column.sort] for column in columns}, orient="row")
