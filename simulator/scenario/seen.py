"""Which requirements are seen in a step: by what was refused in it by a rule, by what was decided, and by evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.rules import All, Answer, Broken, Done, Evidence, Failed, HandshakeRefused, Met, Refused
from simulator.rules import Event as Noted
from simulator.scenario.demands import demands
from simulator.scenario.entry import Entry
from simulator.scenario.outcome import Outcome
from simulator.scenario.step import keyword
from simulator.trace import Event, Exchange, ProtocolEvent, TLSFailure


@dataclass(frozen=True, slots=True)
class Occurred:
    """What happened in a step, each sort of it once."""

    exchanges: frozenset[Exchange] = frozenset()
    """Without their bytes and times."""
    events: frozenset[tuple[str, str | None]] = frozenset()
    """Kind and slug or code."""
    handshake_refused: bool = False
    broken: frozenset[str] = frozenset()
    """IDs of rules and requirements."""
    followed: frozenset[str] = frozenset()
    """IDs of requirements that somebody followed in a decision of its own."""
    done: frozenset[str] = frozenset()
    """The keywords of steps that worked out."""
    met: frozenset[str] = frozenset()
    """The keywords of expectations that were met."""
    refusals: frozenset[tuple[str | None, int | None]] = frozenset()
    """Code and HTTP status with which steps were refused as expected, also by a client's own provider."""
    failures: frozenset[str] = frozenset()
    """The words with which steps failed as expected."""

    def shows(self, evidence: Evidence) -> bool:
        """Whether the evidence is among it."""
        match evidence:
            case All():
                return all(map(self.shows, evidence.parts))
            case Done():
                return evidence.keyword in self.done
            case Met():
                return evidence.keyword in self.met
            case Broken():
                return evidence.rule in self.broken
            case HandshakeRefused():
                return self.handshake_refused
            case Noted():
                return any(kind == evidence.kind and evidence.rule in (None, rule) for kind, rule in self.events)
            case Refused(endpoint=None) if any(_is(evidence, *refusal) for refusal in self.refusals):
                return True
            case Failed() if any(evidence.reason in words for words in self.failures):
                return True
            case _:
                return any(_shows(exchange, evidence) for exchange in self.exchanges)


def _shows(exchange: Exchange, evidence: Answer | Refused | Failed) -> bool:
    match evidence:
        case Answer():
            return (
                exchange.status is not None
                and not exchange.refused
                and evidence.endpoint in (None, exchange.endpoint)
                and evidence.operation in (None, exchange.operation)
                and evidence.http_version in (None, exchange.http_version)
                and (not evidence.elsewhere or exchange.provider not in (None, exchange.recipient))
                and (not evidence.again or exchange.attempt > 1)
            )
        case Refused():
            return (
                exchange.refused
                and _is(evidence, exchange.code, exchange.status)
                and evidence.endpoint in (None, exchange.endpoint)
            )
        case Failed():
            return exchange.error is not None and evidence.reason in exchange.error


def _is(evidence: Refused, code: str | None, http: int | None) -> bool:
    return evidence.code in (None, code) and evidence.http in (None, http)


class SeenIn(Sequence[str]):
    """The IDs of what is seen in a step, found out when first asked for: a run of which nobody wants to know that need
    not import all that declares a rule. Pickled it is the IDs alone.
    """

    def __init__(self, draft: Draft, occurred: Occurred) -> None:
        self._draft = draft
        self._occurred = occurred

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return seen(self._draft, self._occurred)

    def __getitem__(self, place: Any) -> Any:
        return self._ids[place]

    def __len__(self) -> int:
        return len(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._ids == tuple(other)

    def __hash__(self) -> int:
        return hash(self._ids)

    def __repr__(self) -> str:
        return repr(self._ids)

    def __reduce__(self) -> tuple[type[tuple[str, ...]], tuple[tuple[str, ...]]]:
        return tuple, (self._ids,)


@lru_cache(maxsize=1024)
def seen(draft: Draft, occurred: Occurred) -> tuple[str, ...]:
    """The IDs of what is seen in a step, in the order in which the draft demands it. In many scenarios the same occurs:
    remembered under all that has.
    """
    index = _index(draft)
    shown = set(occurred.broken | occurred.followed)
    for evidence, names in index.shown_by:
        if not names <= shown and occurred.shows(evidence):
            shown |= names
    shown.update(*(index.wholes.get(name, ()) for name in tuple(shown)))
    return tuple(sorted(shown & index.places.keys(), key=index.places.__getitem__))


@dataclass(frozen=True, slots=True)
class _Index:
    """What is demanded, by what shows it."""

    shown_by: tuple[tuple[Evidence, frozenset[str]], ...]
    """Each evidence once, with the IDs of the requirements that it shows."""
    wholes: Mapping[str, tuple[str, ...]]
    """The IDs of requirements, by that of a rule of theirs."""
    places: Mapping[str, int]
    """In the order of the draft, by ID."""


@lru_cache(maxsize=8)
def _index(draft: Draft) -> _Index:
    demanded = demands(draft)
    shown_by: dict[Evidence, set[str]] = {}
    for each in demanded.requirements:
        for evidence in each.shown_by:
            shown_by.setdefault(evidence, set()).add(each.id)
    wholes: dict[str, list[str]] = {}
    for name, rules in demanded.rules.items():
        for rule in rules:
            wholes.setdefault(rule.id, []).append(name)
    return _Index(
        tuple((evidence, frozenset(names)) for evidence, names in shown_by.items()),
        {rule: tuple(names) for rule, names in wholes.items()},
        {name: place for place, name in enumerate(demanded.ids)},
    )


def by_step(events: Iterable[Event], broken: Mapping[int, Iterable[str]]) -> dict[int, Occurred]:
    """What happened in each step, by its number, without what only the steps themselves can tell."""
    found = sorted((event for event in events if event.step_number), key=lambda event: event.step_number)
    steps = {number: tuple(inside) for number, inside in groupby(found, key=lambda event: event.step_number)}
    return {
        number: _occurred(steps.get(number, ()), broken.get(number, ())) for number in sorted({*steps, *broken} - {0})
    }


def _occurred(events: tuple[Event, ...], broken: Iterable[str]) -> Occurred:
    noted = [event for event in events if isinstance(event, ProtocolEvent)]
    waived = {name for event in noted if event.kind == "Waived" for name in event.rules}
    refused = {name for event in noted if event.kind != "Waived" for name in event.rules}
    return Occurred(
        frozenset(_plain(event) for event in events if isinstance(event, Exchange)),
        frozenset((event.kind, event.rule) for event in noted),
        any(isinstance(event, TLSFailure) for event in events),
        frozenset(broken) - (waived - refused),
        frozenset(event.requirement for event in noted if event.requirement is not None),
    )


def _plain(exchange: Exchange) -> Exchange:
    """An exchange without what tells two of one sort apart."""
    return Exchange(
        started=0,
        sender="",
        recipient=exchange.recipient,
        provider=exchange.provider,
        endpoint=exchange.endpoint,
        operation=exchange.operation,
        method=exchange.method,
        url="",
        request_headers=(),
        request=b"",
        http_version=exchange.http_version,
        status=exchange.status,
        refused=exchange.refused,
        code=exchange.code,
        error=exchange.error,
        attempt=min(exchange.attempt, 2),
        seconds=0,
    )


def _refused(outcome: Outcome) -> bool:
    return not outcome.success and outcome.tls is None and outcome.fails is None


def as_expected(occurred: Occurred, entry: Entry) -> Occurred:
    """What happened in a step that has passed: with what was expected of it, and of those in it."""
    entries = (entry, *entry.inner)
    outcomes = [(each, each.expect.outcome) for each in entries]
    return replace(
        occurred,
        done=frozenset(each.keyword for each, outcome in outcomes if outcome.success and not outcome.may_fail),
        met=frozenset(keyword(type(located.expectation)) for each in entries for located in each.expect.expectations),
        refusals=frozenset((outcome.error, outcome.http) for _, outcome in outcomes if _refused(outcome)),
        failures=frozenset(outcome.fails for _, outcome in outcomes if outcome.fails is not None),
    )
