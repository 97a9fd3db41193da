"""How two runs differ, in the protocol's words: messages, fields, sizes, answers, verdicts, what was noticed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from simulator.trace.comparing.canonical import Body, Canonical, CanonicalStep, Field, Message, canonical
from simulator.trace.trace import Trace
from simulator.trace.tree import shortened

RANDOM = re.compile(r"[0-9a-f]{16,}")
"""What in a text is made of random bytes: the name of a group."""

RANDOM_BYTES = "bytes"
"""What the change is called where only bytes differ that a seed makes."""

LONGEST = 200
"""How many characters of a value a change shows."""

FEW = 3
"""So many bodies in which only random bytes differ are named; of more, only the first: the others have to follow."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. What does not apply is empty."""

    scenario: str
    step: str = ""
    where: str = ""
    """The flow `a.example -> b.example`, or who noticed."""
    message: str = ""
    """The message of the flow, with its place: `handshakes #2 request`, by the endpoint's name."""
    struct: str = ""
    field: str = ""
    """The path in the message, or which fact it is: `status`."""
    old: str = ""
    """Empty for what was added."""
    new: str = ""
    """Empty for what is gone."""

    @property
    def place(self) -> str:
        """Where in the run."""
        return ", ".join(part for part in (self.step and f"step {self.step}", self.where, self.message) if part)


def diff(old: Iterable[Trace], new: Iterable[Trace]) -> tuple[Change, ...]:
    """All differences between two runs; none if they are the same but for times, ports and the order of flows."""
    before = {trace.id: canonical(trace) for trace in old}
    after = {trace.id: canonical(trace) for trace in new}
    if len(before) == len(after) == 1:  # two files are compared whatever they are called
        return tuple(compare(*before.values(), *after.values()))
    return tuple(_seeds_together(list(_all(before, after)), len(before)))


def _seeds_together(changes: list[Change], scenarios: int) -> Iterator[Change]:
    """One change in the place of those where every scenario of the run had another seed."""
    seeds = [change for change in changes if change.field == "seed"]
    everywhere = len(seeds) == scenarios > 1 and len({(change.old, change.new) for change in seeds}) == 1
    if everywhere:
        yield replace(seeds[0], scenario=f"all {scenarios} scenarios")
    yield from (change for change in changes if not (everywhere and change.field == "seed"))


def _all(before: Mapping[str, Canonical], after: Mapping[str, Canonical]) -> Iterator[Change]:
    for scenario in dict.fromkeys((*before, *after)):
        if scenario not in after:
            yield Change(scenario, field="scenario", old="was run")
        elif scenario not in before:
            yield Change(scenario, field="scenario", new="was run")
        else:
            yield from compare(before[scenario], after[scenario])


def compare(old: Canonical, new: Canonical) -> Iterator[Change]:
    """The differences between two runs of a scenario; what is random is not compared where the seeds differ."""
    for name in ("draft", "seed", "result"):
        before, after = str(getattr(old, name)), str(getattr(new, name))
        if before != after:
            yield Change(new.scenario, field=name, old=before, new=after)
    found = list(_all_steps(new.scenario, tuple(old.steps.values()), tuple(new.steps.values())))
    random = [change for change in found if _is_random(change)]
    for change in found:
        if not _is_random(change):
            yield change
        elif old.seed != new.seed:
            continue
        elif len(random) <= FEW:
            yield replace(change, new=f"{_byte_strings(int(change.new))} of the same length, with other content")
        elif change is random[0]:
            count = _byte_strings(sum(int(each.new) for each in random))
            yield replace(change, new=f"from here on {count} in {len(random)} bodies have other content")


def _is_random(change: Change) -> bool:
    """Whether it counts bytes that a seed makes; what nobody can decode is a field of that name, too."""
    return change.field == RANDOM_BYTES and not change.struct


def _byte_strings(count: int) -> str:
    return "1 byte string" if count == 1 else f"{count} byte strings"


def _all_steps(scenario: str, old: Sequence[CanonicalStep], new: Sequence[CanonicalStep]) -> Iterator[Change]:
    """Steps are aligned by what they do, not by their numbers: one that was put in shifts those behind it."""
    for before, after in paired([unnumbered(each.label) for each in old], [unnumbered(each.label) for each in new]):
        if before is None and after is not None:
            yield Change(scenario, new[after].label, field="step", new=_happened(new[after]))
        elif after is None and before is not None:
            yield Change(scenario, old[before].label, field="step", old=_happened(old[before]))
        elif before is not None and after is not None:
            yield from _steps(scenario, old[before], new[after])


def unnumbered(label: str) -> str:
    """A step's label without its number."""
    number, _, rest = label.partition(" ")
    return rest if number.isdigit() else label


def _happened(step: CanonicalStep) -> str:
    count = sum(map(len, step.flows.values()))
    return f"{step.result or 'happened'}, {count} {'message' if count == 1 else 'messages'}"


def _steps(scenario: str, old: CanonicalStep, new: CanonicalStep) -> Iterator[Change]:
    for name in ("result", "message"):
        before, after = getattr(old, name), getattr(new, name)
        if settled(before) != settled(after):
            yield Change(scenario, new.label, field=name, old=before, new=after)
    for flow in sorted({*old.flows, *new.flows}):
        yield from _flow(scenario, new.label, flow, old.flows.get(flow, ()), new.flows.get(flow, ()))
    for who in sorted({*old.noticed, *new.noticed}):
        yield from noticed(scenario, new.label, who, old.noticed.get(who, ()), new.noticed.get(who, ()))


def noticed(scenario: str, step: str, who: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """What somebody noticed, once and now."""
    gone, added = aligned([settled(each) for each in old], [settled(each) for each in new])[1:]
    for place in gone:
        yield Change(scenario, step, who, field="noticed", old=old[place])
    for place in added:
        yield Change(scenario, step, who, field="noticed", new=new[place])


def _flow(
    scenario: str, step: str, flow: tuple[str, str], old: Sequence[Message], new: Sequence[Message]
) -> Iterator[Change]:
    where = f"{flow[0]} -> {flow[1]}"
    same, gone, added = aligned([kind(each) for each in old], [kind(each) for each in new])
    for place in gone:
        yield Change(
            scenario, step, where, f"{old[place].endpoint} #{place + 1}", field="message", old=said(old[place])
        )
    for place in added:
        yield Change(
            scenario, step, where, f"{new[place].endpoint} #{place + 1}", field="message", new=said(new[place])
        )
    for before, after in same:
        for change in _messages(old[before], new[after]):
            name = f"{new[after].endpoint} #{after + 1} {change.message}".rstrip()
            yield Change(scenario, step, where, name, change.struct, change.field, change.old, change.new)


def kind(message: Message) -> str:
    """What messages are aligned by."""
    return f"{message.endpoint} {message.facts.get('operation', '')}"


def said(message: Message) -> str:
    """A message in a few words."""
    outcome = message.facts.get("status") or message.facts.get("error", "")
    code = message.facts.get("code")
    return f"{message.facts.get('operation', message.endpoint)}: {outcome}{f' {code}' if code else ''}"


def aligned(old: Sequence[str], new: Sequence[str]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Which items are the same (places in both), which are gone and which were added."""
    found = paired(old, new)
    same = [(before, after) for before, after in found if before is not None and after is not None]
    gone = [before for before, after in found if before is not None and after is None]
    added = [after for before, after in found if after is not None and before is None]
    return same, gone, added


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """The items in their order, each with its place in both: None where it is gone or was added."""
    found: list[tuple[int | None, int | None]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            found += [(place, None) for place in range(a, b)] + [(None, place) for place in range(c, d)]
    return found


def _messages(old: Message, new: Message) -> Iterator[Change]:
    for name in dict.fromkeys((*old.facts, *new.facts)):
        before, after = old.facts.get(name, ""), new.facts.get(name, "")
        if settled(before) != settled(after):
            yield Change("", field=name, old=before, new=after)
    yield from _bodies("request", old.request, new.request)
    yield from _bodies("answer", old.response, new.response)


def _bodies(part: str, old: Body, new: Body) -> Iterator[Change]:
    if old.size != new.size:
        yield Change("", message=part, field="size", old=f"{old.size} bytes", new=f"{new.size} bytes")
    if old.struct != new.struct and not old.struct.startswith("opaque"):
        yield Change("", message=part, field="struct", old=old.struct, new=new.struct)
    folded = 0
    for path in dict.fromkeys((*old.fields, *new.fields)):
        before, after = old.fields.get(path), new.fields.get(path)
        if before == after:
            continue
        if before is not None and after is not None and _looks_random(before, after):
            folded += 1
            continue
        struct = (after or before or Field("", "", "", None)).struct
        yield Change("", message=part, struct=struct, field=path, old=_shown(before), new=_shown(after))
    if folded:
        yield Change("", message=part, field=RANDOM_BYTES, new=str(folded))


def _looks_random(old: Field, new: Field) -> bool:
    """Whether only bytes differ that a seed makes: keys, signatures, ciphertexts, names of groups."""
    if old.type != new.type or len(old.value) != len(new.value) or not old.type.startswith(("opaque", "utf8")):
        return False
    before = old.text if old.type.startswith("opaque") else old.value
    after = new.text if new.type.startswith("opaque") else new.value
    if before is None or after is None:
        return before is None and after is None
    return settled(before) == settled(after)


def _shown(field: Field | None) -> str:
    if field is None:
        return ""
    if field.text is not None:
        return f"{field.type} {shortened(field.text, LONGEST)}"
    value = field.value
    if field.type.startswith("opaque") and len(value) > 32:
        value = f"{value[:16]}… ({len(value) // 2} bytes)"
    return f"{field.type} {shortened(value, LONGEST)}".rstrip()


def settled(text: str) -> str:
    """A text without what is random in it."""
    return RANDOM.sub("#", text)
