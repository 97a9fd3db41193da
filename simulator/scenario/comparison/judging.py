"""What came of an attack: by who refused what, by what is another way afterwards, and by what is noticed."""

from collections.abc import Iterable, Iterator, Mapping

from simulator.scenario.comparison.attacks import Attack, End, Seen
from simulator.trace import Event, Exchange, ProtocolEvent

_TAKEN: Mapping[str, str] = {
    "Joined": "has joined",
    "Received": "reads it",
    "EpochChanged": "goes on to another epoch",
    "Removed": "takes itself for removed",
    "Proposed": "takes the proposal",
    "Lost": "has lost the group",
}
"""What a client does because of something that it has taken for good, in words."""
_HANDED_OUT = "key_packages"
"""The table of what is handed out to whoever may ask: for an attack that is refused it is only the way there."""
_MOST = 3


def judged(seen: Seen) -> Attack:
    """One attack with its end, and why."""
    if seen.impossible is not None:
        return _attack(seen, End.unsupported, (seen.impossible,))
    refused, noticed = list(_said_no(seen, seen.during)), list(_said_no(seen, (*seen.during, *seen.after)))
    own = () if seen.is_mixed else (*_stored(seen, is_refused=bool(refused or seen.failure)), *_taken(seen))
    own = own or tuple(_accepted(seen))
    effects = (*own, *seen.gains, *seen.odds)
    if seen.undone is not None and (effects or not noticed):
        return _attack(seen, End.unsupported, (f"this says nothing, because line {seen.undone} could not be done",))
    if effects and noticed:
        return _attack(seen, End.visible, (*_first(effects), *_told(noticed)), noticed)
    if effects and seen.seen_by:
        where = f"{_listed(seen.seen_by)} see the client among the members"
        return _attack(seen, End.visible, (*_first(effects), where))
    if effects:
        return _attack(seen, End.succeeds, effects)
    if refused or seen.failure:
        return _attack(seen, End.blocked, _told(refused) or (seen.failure,), refused)
    stopped = noticed or list(_decided(seen))
    failed = seen.failures or tuple(_unanswered(seen))
    return _attack(seen, End.blocked, _told(stopped) or failed or ("nothing comes of it",), stopped)


def worst(attacks: Iterable[Attack]) -> Attack | None:
    """The one that ends worst for those who are attacked, the first of several; None of none."""
    order = list(End)
    return max(attacks, key=lambda attack: order.index(attack.end), default=None)


def _attack(seen: Seen, end: End, why: Iterable[str], by: Iterable[ProtocolEvent] = ()) -> Attack:
    events = list(by)
    rules = dict.fromkeys(rule for event in events for rule in _rules(event))
    exchanges = [each for each in (*seen.during, *(seen.after if events else ())) if isinstance(each, Exchange)]
    answers = dict.fromkeys(f"{each.status} {each.code or ''}".rstrip() for each in exchanges if each.refused)
    return Attack(
        seen.number,
        seen.entry.label,
        seen.entry.line,
        end,
        _listed(why),
        tuple(rules) or seen.broken,
        tuple(answers),
        tuple(dict.fromkeys(event.name for event in events)),
        seen.entry.note or "",
    )


def _protocol(events: Iterable[Event]) -> Iterator[ProtocolEvent]:
    return (event for event in events if isinstance(event, ProtocolEvent))


def _said_no(seen: Seen, events: Iterable[Event]) -> Iterator[ProtocolEvent]:
    """What honest parties refused, or noticed to be wrong."""
    for event in _protocol(events):
        if event.actor in seen.honest and (event.is_rejection or event.kind == "FellBehind"):
            yield event


def _decided(seen: Seen) -> Iterator[ProtocolEvent]:
    """What honest parties did not do by themselves, or not again."""
    return (e for e in _protocol((*seen.during, *seen.after)) if e.actor in seen.honest and e.requirement is not None)


def _stored(seen: Seen, *, is_refused: bool) -> Iterator[str]:
    """What is another way at honest providers."""
    for name, tables in seen.changed.items():
        kept = [table for table in tables if not (is_refused and table == _HANDED_OUT)]
        if kept:
            yield f"changed at {name}: {', '.join(kept)}"


def _taken(seen: Seen) -> Iterator[str]:
    """What honest clients did because of the step: all that is told to be done in it is the attacker's doing."""
    for event in _protocol(seen.during):
        if event.actor in seen.honest and event.role == "client" and event.kind in _TAKEN:
            yield f"{event.name} {_TAKEN[event.kind]}"


def _accepted(seen: Seen) -> Iterator[str]:
    """Who has said yes to an attack that is one request, and done nothing about it by a decision of its own."""
    if not seen.entry.step.by_http or seen.failure or any(event.requirement for event in _protocol(seen.during)):
        return
    for each in seen.during:
        if isinstance(each, Exchange) and each.status is not None and not each.refused and each.to in seen.honest:
            yield f"{each.to} takes it"


def _unanswered(seen: Seen) -> Iterator[str]:
    """Requests that did not get through, but for what the network did."""
    for each in (*seen.during, *seen.after):
        if isinstance(each, Exchange) and each.error is not None and each.fault is None:
            yield each.error


def _rules(event: ProtocolEvent) -> tuple[str, ...]:
    return event.rules or ((event.requirement,) if event.requirement else ())


def _told(events: Iterable[ProtocolEvent]) -> tuple[str, ...]:
    """Who says what: by which rule, or in which words."""
    said = (f"{each.name}: {each.broken or each.reason or each.rule or each.kind}" for each in events)
    return tuple(dict.fromkeys(said))


def _first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:2]


def _listed(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(texts))
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return "; ".join(found[:_MOST]) + more
