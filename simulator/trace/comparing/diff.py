"""How two runs differ, in the protocol's words: layout, messages, fields, sizes, answers, what was noticed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from simulator.dataclass import dataclass
from simulator.trace.comparing.alignment import aligned, count_steps, paired, unnumbered, unreached
from simulator.trace.comparing.canonical import (
    AS_IT_IS,
    Body,
    Canonical,
    CanonicalStep,
    Field,
    Message,
    canonical,
    notices_in,
    sent_in,
)
from simulator.trace.comparing.change import (
    LONGEST,
    ONCE_MORE,
    RANDOM_BYTES,
    SIZE,
    STEPS,
    Change,
    settled,
)
from simulator.trace.comparing.findings import Findings
from simulator.trace.comparing.layout_pairs import LayoutPairs
from simulator.trace.comparing.layouts import LayoutChanges
from simulator.trace.comparing.traffic import traffic_changes
from simulator.trace.comparing.verdicts import not_reached, verdict_changes
from simulator.trace.trace import Trace
from simulator.trace.tree import shortened


def diff(old: Iterable[Trace], new: Iterable[Trace]) -> Findings:
    """All differences between two runs; none if they are the same but for times, ports and the order of flows."""
    before, after = ({trace.id: trace for trace in traces} for traces in (old, new))
    if len(before) == len(after) == 1:  # two files are compared whatever they are called
        before = dict(zip(after, before.values(), strict=True))
    pairs, changes, same = LayoutPairs(), list[Change](), 0
    runs: tuple[dict[str, Canonical], dict[str, Canonical]] = ({}, {})
    for scenario in dict.fromkeys((*before, *after)):
        if scenario not in after:
            changes.append(Change(scenario, field="scenario", old="was run"))
        elif scenario not in before:
            changes.append(Change(scenario, field="scenario", new="was run"))
        else:
            found, one, other = _compare(scenario, before[scenario], after[scenario], pairs)
            runs[0][scenario], runs[1][scenario] = one, other
            changes += found
            same += not found
    told = tuple(_seeds_together(changes, len(before)))
    notices = tuple({name: dict(notices_in(run)) for name, run in each.items()} for each in runs)
    sent = tuple([each for run in side.values() for each in sent_in(run)] for side in runs)
    layout = pairs.findings()
    if not (told or layout):
        return Findings(scenarios=len(runs[0]), same=same)
    return Findings(
        layout,
        verdict_changes(*notices),
        told,
        traffic_changes(sent[0], sent[1], not_reached(*notices)),
        len(runs[0]),
        same,
    )


def _compare(scenario: str, old: Trace, new: Trace, pairs: LayoutPairs) -> tuple[list[Change], Canonical, Canonical]:
    layout = pairs.between(old.header, new.header)
    before = canonical(old, AS_IT_IS if layout is None else layout.old)
    after = canonical(new, AS_IT_IS if layout is None else layout.new)
    return list(_Comparing(scenario, layout).runs(before, after)), before, after


def _seeds_together(changes: list[Change], scenarios: int) -> Iterator[Change]:
    """One change in the place of those where every scenario of the run had another seed."""
    seeds = [change for change in changes if change.field == "seed"]
    everywhere = len(seeds) == scenarios > 1 and len({(change.old, change.new) for change in seeds}) == 1
    if everywhere:
        yield replace(seeds[0], scenario=f"all {scenarios} scenarios")
    yield from (change for change in changes if not (everywhere and change.field == "seed"))


@dataclass(frozen=True, slots=True)
class _Comparing:
    """The comparison of two runs of a scenario."""

    scenario: str
    layout: LayoutChanges | None

    def runs(self, old: Canonical, new: Canonical) -> Iterator[Change]:
        """The differences; what is random is not compared where the seeds differ, nor where what is signed does."""
        for name in ("draft", "seed", "result"):
            before, after = str(getattr(old, name)), str(getattr(new, name))
            if before != after:
                yield Change(self.scenario, field=name, old=before, new=after)
        has_to_follow = old.seed != new.seed or (self.layout is not None and self.layout.signed)
        for change in self._all_steps(tuple(old.steps.values()), tuple(new.steps.values())):
            if not (change.is_random and has_to_follow):
                yield change

    def _all_steps(self, old: Sequence[CanonicalStep], new: Sequence[CanonicalStep]) -> Iterator[Change]:
        """Steps are aligned by what they do, not by their numbers: one that was put in shifts none behind it."""
        pairs = paired([unnumbered(each.label) for each in old], [unnumbered(each.label) for each in new])
        late = unreached(pairs) if new and new[-1].result not in ("", "passed") else 0
        if late:
            counts = [count_steps(each.label for each in steps) for steps in (old, new)]
            yield Change(
                self.scenario, new[-1].label, field=STEPS, old=str(counts[0]), new=f"{counts[1]}, no more reached"
            )
        for before, after in pairs[: len(pairs) - late]:
            if before is None and after is not None:
                yield Change(self.scenario, new[after].label, field="step", new=_happened(new[after]))
            elif after is None and before is not None:
                yield Change(self.scenario, old[before].label, field="step", old=_happened(old[before]))
            elif before is not None and after is not None:
                yield from self._steps(old[before], new[after])

    def _steps(self, old: CanonicalStep, new: CanonicalStep) -> Iterator[Change]:
        for name in ("result", "message"):
            before, after = getattr(old, name), getattr(new, name)
            moved = self.layout is not None and self.layout.alike(before, after)
            if settled(before) != settled(after) and not moved:
                yield Change(self.scenario, new.label, field="result", old=before, new=after)
        for flow in sorted({*old.flows, *new.flows}):
            yield from self._flow(new.label, flow, old.flows.get(flow, ()), new.flows.get(flow, ()))
        for who in sorted({*old.noticed, *new.noticed}):
            yield from noticed(self.scenario, new.label, who, old.noticed.get(who, ()), new.noticed.get(who, ()))

    def _flow(
        self, step: str, flow: tuple[str, str], old: Sequence[Message], new: Sequence[Message]
    ) -> Iterator[Change]:
        where = f"{flow[0]} -> {flow[1]}"
        same, gone, added = aligned([kind(each) for each in old], [kind(each) for each in new])
        for places, there, side in ((gone, old, "old"), (added, new, "new")):
            for place in places:
                name = f"{there[place].endpoint} #{place + 1}"
                change = Change(self.scenario, step, where, name, field="message")
                yield replace(change, **{side: again(there, place) + said(there[place])})
                self._note(change.place, *((there[place], None) if side == "old" else (None, there[place])))
        for before, after in same:
            name = f"{new[after].endpoint} #{after + 1}"
            self._note(f"step {step}, {where}, {name}", old[before], new[after])
            for change in self._messages(old[before], new[after]):
                message = f"{name} {change.message}".rstrip()
                yield replace(change, scenario=self.scenario, step=step, where=where, message=message)

    def _note(self, place: str, old: Message | None, new: Message | None) -> None:
        if self.layout is not None:
            self.layout.note(self.scenario, place, old, new)

    def _messages(self, old: Message, new: Message) -> Iterator[Change]:
        for name in dict.fromkeys((*old.facts, *new.facts)):
            before, after = old.facts.get(name, ""), new.facts.get(name, "")
            explained = self.layout is not None and self.layout.explains_fact(new.endpoint, name, before, after)
            if settled(before) != settled(after) and not explained:
                yield Change("", field=name, old=before, new=after)
        yield from self._bodies(new.endpoint, "request", old.request, new.request)
        yield from self._bodies(new.endpoint, "answer", old.response, new.response)

    def _bodies(self, endpoint: str, part: str, old: Body, new: Body) -> Iterator[Change]:
        layout = self.layout if self.layout is not None and self.layout.changes else None
        if old.data == new.data and (layout is None or not layout.touches(endpoint, part)):
            return
        if layout is not None and layout.touches(endpoint, part) and (old.error or new.error):
            return  # what is malformed on purpose is malformed otherwise in another layout
        if old.size != new.size and not (layout is not None and layout.explains_size(old.root, new.root)):
            yield Change("", message=part, field=SIZE, old=f"{old.size} bytes", new=f"{new.size} bytes")
        if old.struct != new.struct and not old.struct.startswith("opaque"):
            yield Change("", message=part, field="struct", old=old.struct, new=new.struct)
        for change in _fields(part, old.fields, new.fields):
            if layout is None or not layout.alike(change.old, change.new):
                yield change


def noticed(scenario: str, step: str, who: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """What somebody noticed, once and now."""
    gone, added = aligned([settled(each) for each in old], [settled(each) for each in new])[1:]
    for place in gone:
        yield Change(scenario, step, who, field="noticed", old=old[place])
    for place in added:
        yield Change(scenario, step, who, field="noticed", new=new[place])


def _happened(step: CanonicalStep) -> str:
    count = sum(map(len, step.flows.values()))
    return f"{step.result or 'happened'}, {count} {'message' if count == 1 else 'messages'}"


def kind(message: Message) -> str:
    """What messages are aligned by."""
    return f"{message.endpoint} {message.facts.get('operation', '')}"


def said(message: Message) -> str:
    """A message in a few words."""
    outcome = message.facts.get("status") or message.facts.get("error", "")
    code = message.facts.get("code")
    return f"{message.facts.get('operation', message.endpoint)}: {outcome}{f' {code}' if code else ''}"


def again(messages: Sequence[Message], place: int) -> str:
    """What is to be said of a message that was sent more than once; else nothing."""
    one = messages[place]
    alike = [each for each in messages if kind(each) == kind(one) and each.request.data == one.request.data]
    return ONCE_MORE if one.request.data and len(alike) > 1 else ""


def _fields(part: str, old: Mapping[str, Field], new: Mapping[str, Field]) -> Iterator[Change]:
    random = 0
    for path in dict.fromkeys((*old, *new)):
        before, after = old.get(path), new.get(path)
        if before == after:
            continue
        if before is not None and after is not None and _looks_random(before, after):
            random += 1
            continue
        if _is_empty(before, path, new) or _is_empty(after, path, old):
            continue  # its items tell
        struct = (after or before or Field("", "", "", None)).struct
        yield Change("", message=part, struct=struct, field=path, old=_shown(before), new=_shown(after))
    if random:
        yield Change("", message=part, field=RANDOM_BYTES, new=str(random))


def _is_empty(field: Field | None, path: str, there: Mapping[str, Field]) -> bool:
    """Whether it is a vector without items, `there` one with some."""
    return field is not None and field.type.startswith("vector") and any(each.startswith(f"{path}[") for each in there)


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
