"""Golden traces: canonical traces as small text that one can review, and what a new run changes of them.

A folder has a folder for each draft, and that has a file for each scenario (`golden_text` says how it reads), and
`shapes.txt`: of which fields the structs consist that were seen, each with its type.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from simulator.errors import SimulatorError
from simulator.trace.comparing.canonical import Body, Canonical, Shapes, canonical
from simulator.trace.comparing.diff import Change, aligned, paired, settled, unnumbered
from simulator.trace.comparing.golden_files import SUFFIX, files, scenario_line, scenario_of, without_scenario_line
from simulator.trace.comparing.golden_text import (
    Line,
    by_step,
    facts_of,
    golden_text,
    head_of,
    read_shapes,
    shapes_text,
)
from simulator.trace.naming import BETWEEN, file_stem
from simulator.trace.saving import save
from simulator.trace.trace import Trace

T = TypeVar("T")

SHAPES = "shapes.txt"


class GoldenError(SimulatorError):
    """A folder without golden traces, or one that can't be read or written."""


def record(traces: Iterable[Trace], folder: Path) -> int:
    """Write the golden traces of a run over those that are there; how many bytes. Raises GoldenError."""
    return sum(_record(own, folder / name) for name, own in _by_draft(traces).items())


def _record(traces: Sequence[Trace], folder: Path) -> int:
    shapes = _read(folder / SHAPES, read_shapes) if (folder / SHAPES).exists() else {}
    size = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GoldenError(f"can't write golden traces to {folder}: {error.strerror}") from None
    for trace, file in zip(traces, files(traces, folder, to_record=True), strict=True):
        run = canonical(trace)
        merge(shapes, _shapes(run))
        size += _write(file, scenario_line(scenario_of(trace)) + golden_text(run))
    return size + _write(folder / SHAPES, shapes_text(shapes))


def check_recorded(folder: Path) -> None:
    """Raises GoldenError where there are no golden traces in a folder."""
    if not any(folder.glob(f"*/{SHAPES}")):
        raise GoldenError(f"there are no golden traces in {folder}: `mimi-sim run --record {folder}` makes some")


def verify(traces: Iterable[Trace], folder: Path, *, complete: bool = False) -> tuple[Change, ...]:
    """What a run changes of the golden traces; `complete` says that there should be no others in the folder.

    Raises GoldenError where there are none, or they can't be read.
    """
    check_recorded(folder)
    by_draft = _by_draft(traces)
    if complete:
        by_draft = {file.parent.name: [] for file in sorted(folder.glob(f"*/{SHAPES}"))} | by_draft
    return tuple(
        change for name, own in by_draft.items() for change in _verify_draft(own, folder / name, complete=complete)
    )


def _by_draft(traces: Iterable[Trace]) -> dict[str, list[Trace]]:
    """Those of each draft, by the name of its folder."""
    found: dict[str, list[Trace]] = {}
    for trace in traces:
        found.setdefault(file_stem(trace.header.draft), []).append(trace)
    return found


def _verify_draft(traces: Sequence[Trace], folder: Path, *, complete: bool) -> Iterator[Change]:
    shapes = _read(folder / SHAPES, read_shapes) if (folder / SHAPES).exists() else {}
    own = files(traces, folder)
    for trace, file in zip(traces, own, strict=True):
        yield from _verify(canonical(trace), shapes, file)
    if complete:
        for file in sorted(folder.glob(f"*{SUFFIX}")):
            if file not in (*own, folder / SHAPES):
                yield Change(file.stem.replace(BETWEEN, "/"), field="scenario", old="has a golden trace")


def _read(file: Path, reader: Callable[[Path], T]) -> T:
    try:
        return reader(file)
    except OSError as error:
        raise GoldenError(f"can't read {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise GoldenError(f"can't read {file}: it is no UTF-8 text") from None


def _write(file: Path, text: str) -> int:
    content = text.encode()
    save(file, (content,))
    return len(content)


def _verify(run: Canonical, shapes: Shapes, file: Path) -> Iterator[Change]:
    if not file.exists():
        yield Change(run.scenario, field="golden trace", new="has none: --record makes it")
        return
    text = golden_text(run)
    golden = without_scenario_line(_read(file, lambda path: path.read_text(encoding="utf-8")))
    if golden == text:
        yield from _unknown(run, shapes)
        return
    reshaped = list(_reshaped(run, shapes))
    yield from reshaped
    following, cause, changed = 0, bool(reshaped), bool(reshaped)
    for change in _steps(run, by_step(golden), by_step(text)):
        changed, cause = True, cause or change.field == "seed"
        if cause and _follows(change):
            following += 1
        else:
            yield change
    if following:
        said = f"{following} {'differs' if following == 1 else 'differ'}, too, as has to follow from that"
        yield Change(run.scenario, field="sizes and digests", new=said)
    if not changed:
        yield Change(run.scenario, field="golden trace", new="is written in another way: --record makes it anew")


def _follows(change: Change) -> bool:
    """Whether it may be of no interest by itself where structs or the seed have changed."""
    return change.field.endswith(" size") or "@" in change.old or settled(change.old) == settled(change.new)


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


def _unknown(run: Canonical, golden: Shapes) -> Iterator[Change]:
    """Fields of structs that the folder's list does not have."""
    for struct, fields in _shapes(run).items():
        for field, types in fields.items():
            before = golden.get(struct, {}).get(field, set())
            if not types <= before:
                said = [" or ".join(sorted(each)) for each in (before, types)]
                yield Change(run.scenario, where=SHAPES, struct=struct, field=field, old=said[0], new=said[1])


def _may_be_missing(struct: str, field: str) -> bool:
    """Whether a field need not be there each time: what is in an opaque, an item, a tag of the union it was in."""
    return "." in struct or field == "[]" or field[:1].isupper()


def _bodies(run: Canonical) -> Iterator[tuple[str, str, str, Body]]:
    for step in run.steps.values():
        for (sender, to), messages in step.flows.items():
            for place, message in enumerate(messages, 1):
                for part, body in (("request", message.request), ("answer", message.response)):
                    yield step.label, f"{sender} -> {to}", f"{message.endpoint} #{place} {part}", body


def _key(line: Line) -> str:
    """What a step's lines are aligned by: where they stand, and which message it is."""
    return "\n".join((line.where, _first(line.text) if "->" in line.where else ""))


def _first(text: str) -> str:
    return next(iter(text.split()), "")


def _lines(run: Canonical, old: Line, new: Line) -> Iterator[Change]:
    if old.text == new.text:
        return
    if not new.step:
        for name, once, now in zip(("draft", "seed", "result"), head_of(old.text), head_of(new.text), strict=True):
            if once != now:
                yield Change(run.scenario, field=name, old=once, new=now)
        return
    if "->" not in new.where:
        field = "noticed" if new.where else "result"
        yield Change(run.scenario, new.step, new.where, field=field, old=old.text, new=new.text)
        return
    before, after = facts_of(old.text), facts_of(new.text)
    message = _first(new.text)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Change(
                run.scenario, new.step, new.where, message, "", name, before.get(name, ""), after.get(name, "")
            )


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
