"""Differences that are alike, over all messages and scenarios: one cause each."""

import re
from collections.abc import Iterable
from dataclasses import replace

from simulator.dataclass import dataclass
from simulator.trace.comparing.change import RANDOM_BYTES, SIZE, STEPS, Change, settled

_PLACE = re.compile(r" #\d+")
_INDEX = re.compile(r"\[\d+…?\]")
_DIGEST = re.compile(r"^(\w+)@[0-9a-f]+(?:\.[0-9a-f]+)?$")
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
    def typical(self) -> Change:
        """The first, without what of it is not so in the others: digests."""
        if len({(change.old, change.new) for change in self.changes}) == 1:
            return self.first
        return replace(self.first, old=_undigested(self.first.old), new=_undigested(self.first.new))

    @property
    def unreached(self) -> int:
        """How many steps are no more reached, where that is the difference."""
        return sum(_number(change.old) - _number(change.new) for change in self.changes)

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
        return (message, field, str(_number(new) - _number(old)))
    step = _word(change.step) if change.field in ("step", "result", "message") and not change.message else ""
    shown = (_undigested(_PLACE.sub("", each)) for each in (old, new))
    return (step, message, change.struct, field, *shown)


def _undigested(value: str) -> str:
    """A value without its digests: `MessageRequest@1f2e3d.4c5b` is `MessageRequest`, with other content."""
    return _DIGEST.sub(r"\1", value)


def _number(text: str) -> int:
    """The number that a text begins with: of `5 bytes`, `3, no more reached`."""
    number = re.split("[ ,]", text, maxsplit=1)[0]
    return int(number) if number.isdigit() else 0


def _word(step: str) -> str:
    """A step's keyword: `send` of `4 send hello`."""
    return (step.split() or [""])[1 if step[:1].isdigit() and " " in step else 0]


def _rank(change: Change) -> int:
    kind = RANDOM_BYTES if change.is_random else change.field
    return _ORDER.index(kind) if kind in _ORDER and not change.struct else _ORDER.index("")
