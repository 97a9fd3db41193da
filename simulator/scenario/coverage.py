"""Which of a draft's requirements the scenarios show, and with what result."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.drafts.draft import Draft
from simulator.printable import printable
from simulator.rules import Requirement
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.report import Result, ScenarioResult

_WORST_FIRST = (Result.fault, Result.failed, Result.passed, Result.unsupported, Result.skipped)


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement, the files that cover it, and what came of them."""

    requirement: Requirement
    scenarios: tuple[str, ...]
    """The files of the scenarios, without suffix."""
    result: Result | None
    """None where nothing that covers it was run. Where a scenario failed: that; else passed if one passed."""

    @property
    def is_hole(self) -> bool:
        """Whether there is neither a scenario nor a reason why there is none."""
        return not self.scenarios and self.requirement.reason is None

    @property
    def shown_by(self) -> str:
        """The scenarios; else the reason; else that nothing does."""
        return ", ".join(self.scenarios) or self.requirement.reason or "NOTHING"


@dataclass(frozen=True, slots=True)
class Coverage:
    """All requirements of a draft, in its order."""

    draft: str
    rows: tuple[Row, ...]

    @property
    def holes(self) -> tuple[Row, ...]:
        """What neither a scenario nor a reason stands for."""
        return tuple(row for row in self.rows if row.is_hole)

    @property
    def summary(self) -> str:
        """How many requirements there are, how many of each sort, and which are holes; and if anything was run, how
        many of those covered have which result.
        """
        covered = [row for row in self.rows if row.scenarios]
        excused = len(self.rows) - len(covered) - len(self.holes)
        said = f"{len(self.rows)} requirements of {self.draft}: {len(covered)} covered, {excused} with a reason, "
        holes = f"{len(self.holes)} holes" + ("".join(f"\n  {row.requirement.id}" for row in self.holes))
        counts = _counts(covered)
        return said + (f"{holes}\nof those covered: {counts}" if counts else holes)


def _counts(rows: Sequence[Row]) -> str:
    """How many have which result; nothing where nothing was run."""
    results = {kind.value: sum(row.result is kind for row in rows) for kind in _WORST_FIRST}
    if any(results.values()):
        results["not run"] = sum(row.result is None for row in rows)
    return ", ".join(f"{count} {word}" for word, count in results.items() if count)


def coverage(draft: Draft, scenarios: Iterable[Scenario], results: Iterable[ScenarioResult] = ()) -> Coverage:
    """What the scenarios that speak `draft` say they cover, and the results of those that were run: the same file in
    another draft says nothing about this one.
    """
    files: dict[str, dict[str, None]] = {}
    for scenario in scenarios:
        if scenario.topology.draft == draft.name:
            for name in scenario.covers:
                files.setdefault(name.partition("/")[0], {})[_file(scenario)] = None
    found: dict[str, set[Result]] = {}
    for result in results:
        if result.scenario.topology.draft != draft.name:
            continue
        found.setdefault(_file(result.scenario), set()).add(result.result)
    return Coverage(
        draft.name,
        tuple(
            Row(each, shown, _together(found, shown))
            for each in draft.requirements
            for shown in [tuple(files.get(each.id, ()))]
        ),
    )


def _file(scenario: Scenario) -> str:
    """A scenario's file without suffix: what its runs with other parameters have in common."""
    return scenario.file.rpartition(".")[0]


def _together(found: dict[str, set[Result]], files: Sequence[str]) -> Result | None:
    results = set().union(*(found.get(file, ()) for file in files))
    return next((each for each in _WORST_FIRST if each in results), None)


def to_json(coverage: Coverage) -> str:
    """An object with the draft, the counts and a list of all requirements."""
    rows = [
        {
            "id": row.requirement.id,
            "source": row.requirement.source,
            "section": row.requirement.section,
            "text": row.requirement.text,
            "reason": row.requirement.reason,
            "scenarios": list(row.scenarios),
            "result": row.result and row.result.value,
        }
        for row in coverage.rows
    ]
    counts = {
        "requirements": len(rows),
        "covered": sum(bool(row.scenarios) for row in coverage.rows),
        "holes": len(coverage.holes),
    }
    return json.dumps({"draft": coverage.draft, "summary": counts, "requirements": rows}, indent=2) + "\n"


def to_markdown(coverage: Coverage) -> str:
    """A page with a table per section."""
    lines = [f"# Coverage of {coverage.draft}", "", coverage.summary.replace("\n", "\n\n")]
    heading = None
    for row in coverage.rows:
        this = f"## {row.requirement.source}: {row.requirement.section}"
        if this != heading:
            heading = this
            lines += ["", this, "", "| id | requirement | shown by | result |", "|---|---|---|---|"]
        cells = (row.requirement.id, row.requirement.text, row.shown_by, row.result or "")
        lines.append(f"| {' | '.join(map(_markdown, cells))} |")
    return "\n".join(lines) + "\n"


_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def _markdown(text: str) -> str:
    """A text that means only itself: each character of markup behind a backslash (CommonMark 2.4)."""
    return _MARKUP.sub(r"\\\1", printable(text))


def _cell(text: str) -> str:
    """A text that no spreadsheet calculates: an apostrophe in front says that it is one."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def to_csv(coverage: Coverage) -> str:
    """A line per requirement; scenarios are separated by spaces."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "source", "section", "text", "reason", "scenarios", "result"))
    for row in coverage.rows:
        r = row.requirement
        cells = (r.id, r.source, r.section, r.text, r.reason or "", " ".join(row.scenarios), row.result or "")
        writer.writerow(map(_cell, cells))
    return text.getvalue()


WRITERS = {".json": to_json, ".md": to_markdown, ".csv": to_csv}
"""By the suffix of the file to write."""
