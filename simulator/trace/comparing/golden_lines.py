"""The lines of a golden trace, read again, and how they differ from those of a new run."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from simulator.dataclass import dataclass
from simulator.trace.comparing.alignment import aligned, count_steps, paired, unnumbered, unreached
from simulator.trace.comparing.change import ONCE_MORE, RANDOM_BYTES, SIZE, STEPS, Change, settled
from simulator.trace.comparing.digests import UNTOLD
from simulator.trace.comparing.layouts import LayoutChanges
from simulator.trace.comparing.traffic import Sent

_DIGESTS = re.compile(r"([A-Za-z0-9_]*@[0-9a-f]+)(\.[0-9a-f]+)?")
"""What means something, and the bytes that a seed makes."""
_PARTS = ("request", "answer")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a golden trace, and where it stands."""

    step: str
    """The step's label; empty for the first line, which is of the run."""
    where: str
    """The flow `a.example -> b.example`, or who noticed; empty for the step's verdict."""
    text: str

    @property
    def is_message(self) -> bool:
        """Whether it is of a request and its answer."""
        return "->" in self.where


Steps = list[list[Line]]


def by_step(text: str) -> Steps:
    """The lines of a golden trace, in a list for each step; the first is the run's own line."""
    return [list(lines) for _, lines in groupby(_parsed(text), key=lambda line: line.step)]


def _parsed(text: str) -> Iterator[Line]:
    step = where = ""
    for line in text.splitlines():
        if line.startswith("    "):
            yield Line(step, where, line.strip())
        elif line.startswith("  "):
            name, colon, rest = line.strip().partition(": ")
            where = name.replace(" > ", " -> ")
            if colon:
                yield Line(step, name, rest)
        else:
            label, _, said = line.partition(": ")
            step, where = (label.removeprefix("step "), "") if label.startswith("step ") else ("", "")
            yield Line(step, "", said if step else line)


def facts_of(text: str) -> dict[str, str]:
    """What a message's line says, by name."""
    head, *bodies = text.split(" | ")
    found: dict[str, str] = {}
    plain = [word for word in head.split() if "=" not in word]
    sizes, status = (*reversed(plain[-2:]), "", "")[:2]  # a line may have been cut
    request, _, answer = sizes.partition(">")
    found.update({"request size": request, "answer size": answer, "status": status})
    found.update({"operation": plain[1]} if len(plain) > 4 else {})
    found.update(_pair(word) for word in head.split() if "=" in word)
    for part, body in zip(_PARTS, bodies, strict=False):
        found.update({f"{part} {name}": value for name, value in map(_pair, body.split())})
    return found


def head_of(text: str) -> tuple[str, str, str]:
    """Draft, seed and verdict of a run."""
    run, _, result = text.partition(": ")
    draft, _, seed = run.partition(" seed ")
    return draft, seed, result


def notices(run: Steps) -> Iterator[tuple[str, list[str]]]:
    """What was noticed in each step, once for each who noticed it."""
    for step in run:
        told = [line for line in step if line.where and not line.is_message]
        yield step[0].step, [line.text for line in told for _ in line.where.split(", ")]


def sent(scenario: str, run: Steps) -> Iterator[Sent]:
    """What went over the wire."""
    for line in _all(run):
        if line.is_message:
            facts = facts_of(line.text)
            sizes = [int(facts[f"{part} size"]) for part in _PARTS if facts[f"{part} size"].isdigit()]
            keyword = (unnumbered(line.step).split() or [""])[0]
            yield Sent(keyword, f"{scenario} {line.step}", facts.get("operation", _first(line.text)), sum(sizes))


def _all(run: Steps) -> Iterator[Line]:
    return (line for step in run for line in step)


def compared(scenario: str, old: Steps, new: Steps, layout: LayoutChanges | None = None) -> Iterator[Change]:
    """The differences between two runs; `layout` is how that of the new one has changed, if it has."""
    seeded = _seed(old) != _seed(new)
    has_to_follow = seeded or (layout is not None and layout.signed)
    for change in _steps(old, new, layout):
        if not (change.is_random and has_to_follow) and not (seeded and change.field == SIZE):
            yield replace(change, scenario=scenario)


def _seed(run: Steps) -> str:
    return head_of(run[0][0].text)[1] if run else ""


def _steps(old: Steps, new: Steps, layout: LayoutChanges | None) -> Iterator[Change]:
    """Steps are aligned by what they do, not by their numbers: one that was put in shifts none behind it."""
    labels = [[unnumbered(lines[0].step) for lines in steps] for steps in (old, new)]
    pairs = paired(*labels)
    late = unreached(pairs) if new and not new[-1][0].text.startswith("passed") else 0
    if late:
        counts = [count_steps(lines[0].step for lines in steps) for steps in (old, new)]
        yield Change("", new[-1][0].step, field=STEPS, old=str(counts[0]), new=f"{counts[1]}, no more reached")
    for before, after in pairs[: len(pairs) - late]:
        if before is None and after is not None:
            yield Change("", new[after][0].step, field="step", new=_happened(new[after]))
        elif after is None and before is not None:
            yield Change("", old[before][0].step, field="step", old=_happened(old[before]))
        elif before is not None and after is not None:
            yield from _step(old[before], new[after], layout)


def _step(old: Sequence[Line], new: Sequence[Line], layout: LayoutChanges | None) -> Iterator[Change]:
    same, gone, added = aligned([_key(line) for line in old], [_key(line) for line in new])
    step = new[0].step
    for places, there, side in ((gone, old, "old"), (added, new, "new")):
        for place in places:
            yield replace(_whole(step, there, place), **{side: _again(there, place) + _said(there[place])})
    for before, after in same:
        if old[before].text != new[after].text:
            yield from _lines(old[before], new[after], _name(new, after), layout)


def _whole(step: str, lines: Sequence[Line], place: int) -> Change:
    """A line that is gone or was added."""
    line = lines[place]
    kind = "message" if line.is_message else "noticed" if line.where else "result"
    return Change("", step, line.where, _name(lines, place), field=kind)


def _name(lines: Sequence[Line], place: int) -> str:
    """A message by its endpoint and its place in its flow; nothing for what is none."""
    line = lines[place]
    number = sum(each.where == line.where for each in lines[: place + 1])
    return f"{_first(line.text)} #{number}" if line.is_message else ""


def _said(line: Line) -> str:
    """A message in a few words; all of what was noticed."""
    if not line.is_message:
        return line.text
    facts = facts_of(line.text)
    code = facts.get("code", "")
    return f"{facts.get('operation', _first(line.text))}: {facts['status']}{f' {code}' if code else ''}"


def _again(lines: Sequence[Line], place: int) -> str:
    """What is to be said of a message that was sent more than once, as far as its line tells; else nothing."""
    line = lines[place]
    alike = [each for each in lines if each == line]
    return ONCE_MORE if line.is_message and len(alike) > 1 else ""


def _happened(lines: Sequence[Line]) -> str:
    count = sum(line.is_message for line in lines)
    return f"{lines[0].text or 'happened'}, {count} {'message' if count == 1 else 'messages'}"


def _key(line: Line) -> str:
    """What a step's lines are aligned by: where they stand, and which message it is."""
    return "\n".join((line.where, _first(line.text) if line.is_message else ""))


def _first(text: str) -> str:
    return next(iter(text.split()), "")


def _lines(old: Line, new: Line, message: str, layout: LayoutChanges | None) -> Iterator[Change]:
    if not new.step:
        for name, once, now in zip(("draft", "seed", "result"), head_of(old.text), head_of(new.text), strict=True):
            if once != now:
                yield Change("", field=name, old=once, new=now)
    elif new.is_message:
        for change in _facts(facts_of(old.text), facts_of(new.text), _first(message), layout):
            yield replace(change, step=new.step, where=new.where, message=f"{message} {change.message}".rstrip())
    else:
        field = "noticed" if new.where else "result"
        if layout is not None and layout.alike(old.text, new.text):
            return
        yield Change("", new.step, new.where, field=field, old=old.text, new=new.text)


def _facts(
    before: dict[str, str], after: dict[str, str], endpoint: str, layout: LayoutChanges | None
) -> Iterator[Change]:
    untold = [part for part in _PARTS if f"{part} {UNTOLD}" in after]
    random = 0
    for name in dict.fromkeys((*before, *after)):
        part, _, field = name.partition(" ")
        old, new = before.get(name, ""), after.get(name, "")
        if old == new or new == UNTOLD or part in untold:
            continue
        if layout is not None and layout.explains_fact(endpoint, name, old, new):
            continue
        if _meaning(old) == _meaning(new):
            random += 1
            continue
        if field == SIZE:
            old, new = f"{old} bytes", f"{new} bytes"
        yield Change("", message=part if field else "", field=field or name, old=old, new=new)
    if random:
        yield Change("", field=RANDOM_BYTES, new=str(random))


def _meaning(value: str) -> str:
    """A value without what a seed makes of it."""
    found = _DIGESTS.fullmatch(value)
    return found[1] if found else settled(value)


def _pair(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    return name, value
