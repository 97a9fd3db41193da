"""What a run has reached, as words that say what was new in it."""

from collections.abc import Iterable, Iterator

from simulator.trace import Event, Exchange, ProtocolEvent

_JOINED, _LEFT = ("Joined",), ("Removed", "Lost")


def reached(events: Iterable[Event]) -> dict[str, int]:
    """Each thing that was reached, and the number of the event in which it was first."""
    found: dict[str, int] = {}
    last: dict[tuple[str, str | None], str] = {}
    members: dict[str, dict[str, str]] = {}
    for event in events:
        for word in _of(event, last, members):
            found.setdefault(word, event.number)
    return found


def _of(event: Event, last: dict[tuple[str, str | None], str], members: dict[str, dict[str, str]]) -> Iterator[str]:
    if isinstance(event, Exchange):
        became = (event.error and "no answer") or event.code or str(event.status)
        yield f"{event.operation or event.endpoint}: {became}"
        if event.fault is not None:
            yield f"{event.operation or event.endpoint}: fault {event.fault.partition(' ')[0]}"
    elif isinstance(event, ProtocolEvent):
        yield f"{event.role} {event.kind}"
        yield from (f"rule {name}" for name in event.rules)
        yield from () if event.rule is None else (f"{event.kind} {event.rule}",)
        yield from () if event.requirement is None else (f"requirement {event.requirement}",)
        place = (event.actor, event.group)
        if place in last:
            yield f"{event.role} {event.kind} after {last[place]}"
        last[place] = event.kind
        if event.role == "client" and event.group is not None:
            yield from _state(event, event.group, members)


def _state(event: ProtocolEvent, group: str, members: dict[str, dict[str, str]]) -> Iterator[str]:
    """How large its group is at each provider, and how far it has come: both by powers of two."""
    inside = members.setdefault(group, {})
    if event.kind in _JOINED:
        inside[event.actor] = event.actor.split("/")[2]
    elif event.kind in _LEFT:
        inside.pop(event.actor, None)
    sizes = sorted((_size(list(inside.values()).count(provider)) for provider in set(inside.values())), reverse=True)
    yield f"a group of {sizes}"
    if event.epoch is not None:
        yield f"epoch {_size(event.epoch)}"
        yield f"{event.kind} in a group of {sum(sizes)}"


def _size(number: int) -> int:
    """Up to 3 as it is, then the power of two below."""
    return number if number <= 3 else 1 << (number.bit_length() - 1)
