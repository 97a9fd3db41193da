"""Golden traces: canonical traces as small text that one can review, and what a new run changes of them.

A folder has a folder for each draft, and that has a file for each scenario (`golden_text` says how it reads), and
`layout.json`: the layout by which they were recorded.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from simulator.codec.layout import LayoutError
from simulator.errors import SimulatorError
from simulator.trace.comparing.canonical import AS_IT_IS, Canonical, canonical, notices_in, sent_in
from simulator.trace.comparing.change import Change
from simulator.trace.comparing.findings import Findings
from simulator.trace.comparing.golden_files import SUFFIX, files, scenario_line, scenario_of, without_scenario_line
from simulator.trace.comparing.golden_lines import by_step, compared, notices, sent
from simulator.trace.comparing.golden_text import Telling, golden_text
from simulator.trace.comparing.layouts import LayoutChanges
from simulator.trace.comparing.traffic import traffic_changes
from simulator.trace.comparing.verdicts import not_reached, verdict_changes
from simulator.trace.layout import Layout, from_json, to_lines, unpacked
from simulator.trace.naming import BETWEEN, file_stem
from simulator.trace.saving import save
from simulator.trace.trace import Trace

T = TypeVar("T")

LAYOUT = "layout.json"
NOBODY_KNEW = "null\n"
"""What it says where nobody knew the layout of what was recorded."""


class GoldenError(SimulatorError):
    """A folder without golden traces, or one that can't be read or written."""


def record(traces: Iterable[Trace], folder: Path) -> int:
    """Write the golden traces of a run over those that are there; how many bytes. Raises GoldenError."""
    by_draft = _by_draft(traces)
    for name, own in by_draft.items():
        _check_layout(own, folder / name)
    return sum(_record(own, folder / name) for name, own in by_draft.items())


def _record(traces: Sequence[Trace], folder: Path) -> int:
    size = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GoldenError(f"can't write golden traces to {folder}: {error.strerror}") from None
    for trace, file in zip(traces, files(traces, folder, to_record=True), strict=True):
        size += _write(file, scenario_line(scenario_of(trace)) + golden_text(canonical(trace)))
    layout = _layout_of(traces)
    return size + _write(folder / LAYOUT, NOBODY_KNEW if layout is None else to_lines(layout))


def _check_layout(traces: Sequence[Trace], folder: Path) -> None:
    """Raises GoldenError where others in the folder would be read by a layout that they were not recorded by."""
    if not (folder / LAYOUT).exists():
        return
    own = files(traces, folder, to_record=True)
    others = [file.name for file in sorted(folder.glob(f"*{SUFFIX}")) if file not in own]
    before, after = _recorded_layout(folder), _layout_of(traces)
    if others and before is not None and after is not None:
        changes = LayoutChanges(before, after).changes
        if changes:
            raise GoldenError(
                f"{folder}: {others[0]} and {len(others) - 1} others there are of another layout ({changes[0]}): "
                "record all scenarios, or into another folder"
            )


def check_recorded(folder: Path) -> None:
    """Raises GoldenError where there are no golden traces in a folder, only such as nobody can read any more, or a
    layout that is damaged.
    """
    found = sorted(folder.glob(f"*/{LAYOUT}"))
    for each in found:
        _recorded_layout(each.parent)
    if not found:
        older = any(folder.glob("*/shapes.txt"))
        lacking = "those in it do not say by which layout they were recorded" if older else "there are none in it"
        raise GoldenError(f"no golden traces in {folder}: {lacking}; `mimi-sim run --record {folder}` makes some")


def verify(traces: Iterable[Trace], folder: Path, *, complete: bool = False) -> Findings:
    """What a run changes of the golden traces; `complete` says that there should be no others in the folder.

    Raises GoldenError where there are none, or they can't be read.
    """
    check_recorded(folder)
    by_draft = _by_draft(traces)
    if complete:
        by_draft = {file.parent.name: [] for file in sorted(folder.glob(f"*/{LAYOUT}"))} | by_draft
    found = _Verifying()
    for name, own in by_draft.items():
        found.draft(own, folder / name, complete=complete)
    return found.findings()


def _by_draft(traces: Iterable[Trace]) -> dict[str, list[Trace]]:
    """Those of each draft, by the name of its folder."""
    found: dict[str, list[Trace]] = {}
    for trace in traces:
        found.setdefault(file_stem(trace.header.draft), []).append(trace)
    return found


class _Verifying:
    """What has been found so far."""

    def __init__(self) -> None:
        self._layouts: list[LayoutChanges] = []
        self._changes: list[Change] = []
        self._compared: dict[str, tuple[str, Canonical]] = {}
        """What was recorded, and the run as it is shown beside that, by scenario."""
        self._same = 0

    def draft(self, traces: Sequence[Trace], folder: Path, *, complete: bool) -> None:
        """Compare those of one draft."""
        layout = _layout_changes(traces, folder)
        if layout is not None:
            self._layouts.append(layout)
        own = files(traces, folder)
        for trace, file in zip(traces, own, strict=True):
            self._trace(trace, file, layout)
        if complete:
            for file in sorted(folder.glob(f"*{SUFFIX}")):
                if file not in own:
                    self._changes.append(
                        Change(file.stem.replace(BETWEEN, "/"), field="scenario", old="has a golden trace")
                    )

    def _trace(self, trace: Trace, file: Path, layout: LayoutChanges | None) -> None:
        if not file.exists():
            self._changes.append(Change(trace.id, field="golden trace", new="has none: --record makes it"))
            return
        golden = without_scenario_line(_read(file, lambda path: path.read_text(encoding="utf-8")))
        run = canonical(trace, AS_IT_IS if layout is None else layout.back[0])
        self._compared[trace.id] = golden, run
        text = golden_text(run)
        if layout is not None and layout.changes:
            changes = list(_by_earlier_layout(trace, run, golden, layout))
        elif golden == text:
            changes = []
        else:
            changes = list(compared(trace.id, by_step(golden), by_step(text)))
            if not changes:
                told = "is written in another way: --record makes it anew"
                changes = [Change(trace.id, field="golden trace", new=told)]
        self._same += not changes
        self._changes += changes

    def findings(self) -> Findings:
        """All of it."""
        layout = tuple(each for changes in self._layouts for each in changes.findings())
        if not (layout or self._changes):
            return Findings(scenarios=len(self._compared), same=self._same)
        recorded = {name: by_step(golden) for name, (golden, _) in self._compared.items()}
        runs = {name: run for name, (_, run) in self._compared.items()}
        before = {name: dict(notices(run)) for name, run in recorded.items()}
        after = {name: dict(notices_in(run)) for name, run in runs.items()}
        return Findings(
            layout,
            verdict_changes(before, after),
            tuple(self._changes),
            traffic_changes(
                (each for name, run in recorded.items() for each in sent(name, run)),
                (each for run in runs.values() for each in sent_in(run)),
                not_reached(before, after),
            ),
            len(self._compared),
            self._same,
        )


def _by_earlier_layout(trace: Trace, run: Canonical, golden: str, layout: LayoutChanges) -> Iterator[Change]:
    """What differs apart from the layout: the run is told by the layout of the golden trace."""
    for step in canonical(trace, layout.new).steps.values():
        for flow, messages in step.flows.items():
            for place, message in enumerate(messages, 1):
                layout.note(
                    trace.id, f"step {step.label}, {' -> '.join(flow)}, {message.endpoint} #{place}", None, message
                )
    telling = Telling(
        layout.back[1],
        lambda body: layout.explains_size(body.raw.root),
        lambda endpoint, part: layout.touches(layout.old.name(endpoint) or endpoint, part),
        layout.hides,
    )
    text = golden_text(run, telling)
    yield from compared(trace.id, by_step(golden), by_step(text), layout)


def _layout_changes(traces: Sequence[Trace], folder: Path) -> LayoutChanges | None:
    """How the layout of a run differs from that of the golden traces; None where nobody knows one of them."""
    before, after = _recorded_layout(folder) if (folder / LAYOUT).exists() else None, _layout_of(traces)
    return None if before is None or after is None else LayoutChanges(before, after)


def _recorded_layout(folder: Path) -> Layout | None:
    """Raises GoldenError."""
    text = _read(folder / LAYOUT, lambda path: path.read_text(encoding="utf-8"))
    if text == NOBODY_KNEW:
        return None
    try:
        return from_json(text)
    except LayoutError as error:
        raise GoldenError(f"can't read {folder / LAYOUT}: {error}") from None


def _layout_of(traces: Sequence[Trace]) -> Layout | None:
    """That of the run, without the simulator's version."""
    packed = next((trace.header.layout for trace in traces if trace.header.layout), None)
    return None if packed is None else replace(unpacked(packed), simulator="")


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
