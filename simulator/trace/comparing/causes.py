"""Differences that are alike, over all messages and scenarios: one cause each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.trace.comparing.change import RANDOM_BYTES, SIZE, STEPS, Change, settled

_PLACE = re.compile(r" #\d+")
_INDEX = re.compile(r"\[\d+…?\]")
_ORDER = ("message", "step", "", "noticed", STEPS, "result", "scenario", SIZE, RANDOM_BYTES)
"""What is told before what; the empty one stands for all fields and facts of messages."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Differences that are alike; at least one."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """That which comes first."""
        return self.changes[0]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Where they are, each once."""
        return tuple(dict.fromkeys(change.scenario for change in self.changes))

    @property
    def message(self) -> str:
        """Which message it is, without its place: `ask request`."""
        return _PLACE.sub("", self.first.message)

    @property
    def byte_strings(self) -> int:
        """How many byte strings have other content, where that is the difference."""
        return sum(int(change.new) for change in self.changes) if self.first.is_random else 0


def causes(changes: Iterable[Change]) -> tuple[Cause, ...]:
    """The causes of these differences: messages that came or went first, bytes that a seed makes last."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        found.setdefault(_alike(change), []).append(change)
    told = [Cause(tuple(each)) for each in found.values()]
    return tuple(sorted(told, key=lambda cause: (_rank(cause.first), -len(cause.scenarios), -len(cause.changes))))


def _alike(change: Change) -> tuple[str, ...]:
    if change.is_random:
        return (RANDOM_BYTES,)
    if change.field == STEPS:
        return (STEPS,)
    message, field = _PLACE.sub("", change.message), _INDEX.sub("[]", change.field)
    old, new = settled(change.old), settled(change.new)
    if change.field == SIZE:
        return (message, field, str(_bytes(new) - _bytes(old)))
    step = _word(change.step) if change.field in ("step", "result", "message") and not change.message else ""
    return (step, message, change.struct, field, _PLACE.sub("", old), _PLACE.sub("", new))


def _bytes(size: str) -> int:
    """The number in `5 bytes`."""
    number = size.partition(" ")[0]
    return int(number) if number.isdigit() else 0


def _word(step: str) -> str:
    """A step's keyword: `send` of `4 send hello`."""
    return (step.split() or [""])[1 if step[:1].isdigit() and " " in step else 0]


def _rank(change: Change) -> int:
    kind = RANDOM_BYTES if change.is_random else change.field
    return _ORDER.index(kind) if kind in _ORDER and not change.struct else _ORDER.index("")
