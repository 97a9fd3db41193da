"""Golden traces: canonical traces as small text that one can review, and what a new run changes of them.

A folder has a file for each scenario, and `shapes.txt`: of which fields the structs consist that were seen, each with
its type. A scenario's file has a line for each message:

    step 4 send hello: passed
      b.example > a.example
        group_operation send_message 200 277>3 http=1.1 | version=1 ... body=SendMessageRequest@1f2e3d4c ... | body=...

endpoint, operation, status or error, sizes of request and answer, further facts; then the outermost fields of both,
those that are structs as digests. What clients and providers noticed follows, a line for all who noticed the same.
Signatures and keys among the outermost fields are left out: the digests of what they are for tell as much.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.trace.canonical import Body, Canonical, CanonicalStep, Message, Shapes, canonical
from simulator.trace.diff import Change, aligned, paired, settled, unnumbered
from simulator.trace.file import file_name
from simulator.trace.trace import Trace

SHAPES = "shapes.txt"
SUFFIX = ".txt"


class GoldenError(SimulatorError):
    """A folder without golden traces, or one that can't be written."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a golden trace, and where it stands."""

    step: str
    where: str
    text: str


def record(traces: Iterable[Trace], folder: Path) -> int:
    """Write the golden traces of a run over those that are there; how many bytes. Raises GoldenError."""
    shapes = _read_shapes(folder / SHAPES) if (folder / SHAPES).exists() else {}
    size = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for trace in traces:
            run = canonical(trace)
            merge(shapes, _shapes(run))
            size += (folder / golden_name(run.scenario)).write_text(_text(run), encoding="utf-8")
        size += (folder / SHAPES).write_text(_shapes_text(shapes), encoding="utf-8")
    except OSError as error:
        raise GoldenError(f"can't write golden traces to {folder}: {error.strerror}") from None
    return size


def verify(traces: Iterable[Trace], folder: Path, *, complete: bool = False) -> tuple[Change, ...]:
    """What a run changes of the golden traces; `complete` says that there should be no others in the folder.

    Raises GoldenError where there are none.
    """
    if not (folder / SHAPES).exists():
        raise GoldenError(f"there are no golden traces in {folder}: `mimi-sim run --record {folder}` makes some")
    shapes, seen = _read_shapes(folder / SHAPES), set()
    found: list[Change] = []
    for trace in traces:
        run = canonical(trace)
        seen.add(golden_name(run.scenario))
        found += _verify(run, shapes, folder)
    if complete:
        for file in sorted(folder.glob(f"*{SUFFIX}")):
            if file.name not in seen | {SHAPES}:
                found.append(Change(file.stem.replace("__", "/"), field="scenario", old="has a golden trace"))
    return tuple(found)


def golden_name(scenario: str) -> str:
    """What the golden trace of a scenario is called, from wherever it was run."""
    below = scenario.rpartition("scenarios/")[2]
    return file_name(below).removesuffix(".jsonl") + SUFFIX


def _verify(run: Canonical, shapes: Shapes, folder: Path) -> Iterator[Change]:
    file = folder / golden_name(run.scenario)
    if not file.exists():
        yield Change(run.scenario, field="golden trace", new="has none: --record makes it")
        return
    text = _text(run)
    golden = file.read_text(encoding="utf-8")
    if golden == text:
        return
    reshaped = list(_reshaped(run, shapes))
    yield from reshaped
    following, cause = 0, bool(reshaped)
    for change in _steps(run, _by_step(golden), _by_step(text)):
        cause = cause or change.field == "seed"
        if cause and _follows(change):
            following += 1
        else:
            yield change
    if following:
        said = f"{following} {'differs' if following == 1 else 'differ'}, too, as has to follow from that"
        yield Change(run.scenario, field="sizes and digests", new=said)


def _follows(change: Change) -> bool:
    """Whether it may be of no interest by itself where structs or the seed have changed."""
    return change.field.endswith(" size") or "@" in change.old or settled(change.old) == settled(change.new)


def _by_step(text: str) -> list[list[Line]]:
    return [list(lines) for _, lines in groupby(_parsed(text), key=lambda line: line.step)]


def _steps(run: Canonical, old: list[list[Line]], new: list[list[Line]]) -> Iterator[Change]:
    """Steps are aligned by what they do, not by their numbers: one that was put in shifts those behind it."""
    labels = [[unnumbered(lines[0].step) for lines in steps] for steps in (old, new)]
    for before, after in paired(*labels):
        if before is None and after is not None:
            yield Change(run.scenario, new[after][0].step, field="step", new=_happened(new[after]))
        elif after is None and before is not None:
            yield Change(run.scenario, old[before][0].step, field="step", old=_happened(old[before]))
        elif before is not None and after is not None:
            yield from _step_changes(run, old[before], new[after])


def _step_changes(run: Canonical, old: list[Line], new: list[Line]) -> Iterator[Change]:
    same, gone, added = aligned([_key(line) for line in old], [_key(line) for line in new])
    for place in gone:
        yield Change(run.scenario, new[0].step, old[place].where, field="line", old=old[place].text)
    for place in added:
        yield Change(run.scenario, new[0].step, new[place].where, field="line", new=new[place].text)
    for before, after in same:
        yield from _lines(run, old[before], new[after])


def _happened(lines: list[Line]) -> str:
    count = sum("->" in line.where for line in lines)
    return f"{lines[0].text or 'happened'}, {count} {'message' if count == 1 else 'messages'}"


def _reshaped(run: Canonical, golden: Shapes) -> Iterator[Change]:
    """Fields of structs that are of another type than seen before, gone or added, each with its first message."""
    told = set()
    for step, where, name, body in _bodies(run):
        for struct, fields in body.shapes.items():
            known = golden.get(struct)
            if known is None:
                continue
            for field in dict.fromkeys((*known, *fields)):
                before, after = known.get(field, set()), fields.get(field, set())
                missing = not after and not _may_be_missing(struct, field) and body.error is None
                if (struct, field) in told or (after <= before and not missing):
                    continue
                told.add((struct, field))
                yield Change(
                    run.scenario,
                    step,
                    where,
                    name,
                    struct,
                    field,
                    " or ".join(sorted(before)),
                    " or ".join(sorted(after)),
                )


def _may_be_missing(struct: str, field: str) -> bool:
    """Whether a field need not be there each time: what is in an opaque, an item, a tag of the union it was in."""
    return "." in struct or field == "[]" or field[:1].isupper()


def _bodies(run: Canonical) -> Iterator[tuple[str, str, str, Body]]:
    for step in run.steps.values():
        for (sender, to), messages in step.flows.items():
            for place, message in enumerate(messages, 1):
                for part, body in (("request", message.request), ("answer", message.response)):
                    yield step.label, f"{sender} -> {to}", f"{message.endpoint} #{place} {part}", body


def _text(run: Canonical) -> str:
    lines = [f"{run.draft} seed {run.seed}: {run.result}"]
    for step in run.steps.values():
        lines.append(f"step {step.label}: {step.result}{f' ({step.message})' if step.message else ''}")
        lines += _step_lines(step)
    return "\n".join(lines) + "\n"


def _step_lines(step: CanonicalStep) -> Iterator[str]:
    for (sender, to), messages in step.flows.items():
        yield f"  {sender} > {to}"
        for message in messages:
            yield f"    {_message(message, sender, to)}"
    alike: dict[tuple[str, ...], list[str]] = {}
    for who, what in step.noticed.items():
        alike.setdefault(what, []).append(who)
    for what, everybody in alike.items():
        yield f"  {', '.join(everybody)}: {', '.join(what)}"


def _message(message: Message, sender: str, to: str) -> str:
    facts = dict(message.facts)
    operation = facts.pop("operation", message.endpoint)
    method, status = facts.pop("method", ""), facts.pop("status", "failed")
    words = [message.endpoint, *([operation] if operation != message.endpoint else []), method, status]
    words.append(f"{message.request.size}>{message.response.size}")
    words += [f"{name}={value.replace(' ', '_')}" for name, value in facts.items() if (name, value) != ("http", "1.1")]
    implied = {("sender", sender), ("recipient", to)}
    parts = [" ".join(words)]
    for body in (message.request, message.response):
        parts.append(" ".join(f"{n}={v.strip().replace(' ', '_')}" for n, v in body.brief if (n, v) not in implied))
    return " | ".join(parts).rstrip(" |")


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


def _key(line: Line) -> str:
    """What a step's lines are aligned by: where they stand, and which message it is."""
    words = line.text.split()
    return "\n".join((line.where, words[0] if "->" in line.where else ""))


def _lines(run: Canonical, old: Line, new: Line) -> Iterator[Change]:
    if old.text == new.text:
        return
    if not new.step:
        for name, once, now in zip(("draft", "seed", "result"), _head(old.text), _head(new.text), strict=True):
            if once != now:
                yield Change(run.scenario, field=name, old=once, new=now)
        return
    if "->" not in new.where:
        field = "noticed" if new.where else "result"
        yield Change(run.scenario, new.step, new.where, field=field, old=old.text, new=new.text)
        return
    before, after = _facts(old.text), _facts(new.text)
    message = new.text.split()[0]
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Change(
                run.scenario, new.step, new.where, message, "", name, before.get(name, ""), after.get(name, "")
            )


def _head(text: str) -> tuple[str, str, str]:
    """Draft, seed and verdict of a run."""
    run, _, result = text.partition(": ")
    draft, _, seed = run.partition(" seed ")
    return draft, seed, result


def _facts(text: str) -> dict[str, str]:
    head, *bodies = text.split(" | ")
    found: dict[str, str] = {}
    plain = [word for word in head.split() if "=" not in word]
    request, _, answer = plain[-1].partition(">")
    found.update({"request size": request, "answer size": answer, "status": plain[-2]})
    found.update({"operation": plain[1]} if len(plain) > 4 else {})
    found.update(_pair(word) for word in head.split() if "=" in word)
    for part, body in zip(("request", "answer"), bodies, strict=False):
        found.update({f"{part} {name}": value for name, value in map(_pair, body.split())})
    return found


def _pair(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    return name, value


def _shapes(run: Canonical) -> Shapes:
    found: Shapes = {}
    for *_, body in _bodies(run):
        if body.error is None:
            merge(found, body.shapes)
    return found


def merge(shapes: Shapes, more: Shapes) -> None:
    """Add what was seen to what is known."""
    for struct, fields in more.items():
        for field, types in fields.items():
            shapes.setdefault(struct, {}).setdefault(field, set()).update(types)


def _shapes_text(shapes: Shapes) -> str:
    lines = []
    for struct in sorted(shapes):
        fields = (f"{field} {'|'.join(sorted(types))}" for field, types in shapes[struct].items())
        lines.append(f"{struct}: {'; '.join(fields)}\n")
    return "".join(lines)


def _read_shapes(path: Path) -> Shapes:
    shapes: Shapes = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        struct, _, fields = line.partition(": ")
        for field in fields.split("; "):
            name, _, types = field.partition(" ")
            shapes.setdefault(struct, {})[name] = set(types.split("|"))
    return shapes
