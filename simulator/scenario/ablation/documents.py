"""What was found out, as JSON and as Markdown."""

import json
from collections.abc import Iterator
from typing import Any

from simulator.scenario.ablation.rows import Ablation, Notice, Row, Verdict
from simulator.scenario.coverage_files import markdown_cell


def to_json(ablation: Ablation) -> str:
    """An object with the draft, the counts and a list of all rules. A rule that is a hole has neither `noticed_by` nor
    a `reason`.
    """
    counts = {verdict.value: len(ablation.of(verdict)) for verdict in Verdict}
    summary = {"rules": len(ablation.rows), "scenarios": ablation.scenarios, **counts}
    rules = [_row(row) for row in ablation.rows]
    return json.dumps({"draft": ablation.draft, "summary": summary, "rules": rules}, indent=2) + "\n"


def _row(row: Row) -> dict[str, Any]:
    subject, together = row.subject, row.together
    return {
        "id": subject.id,
        "requirement": subject.requirement,
        "source": subject.source,
        "section": subject.section,
        "text": subject.text,
        "verdict": row.verdict.value,
        "noticed_by": [each.scenario for each in row.notices],
        "reason": row.reason,
        "redundant_with": list(together.others) if together else [],
        "candidates": list(row.candidates),
        "seen_in": list(row.seen_in),
        "notices": [_notice(each) for each in row.notices],
    }


def _notice(said: Notice) -> dict[str, Any]:
    return {
        "scenario": said.scenario,
        "file": said.file,
        "line": said.line,
        "step": said.step,
        "happened": said.happened,
        "breaks": said.breaks,
        "instead": list(said.instead),
    }


def to_markdown(ablation: Ablation) -> str:
    """A page with a table per section."""
    lines = [
        "# What does this MUST stop?",
        "",
        f"Each rule of {ablation.draft} is taken away in turn: nobody keeps it. What the scenarios notice then is what",
        "the rule is for. Written by `mimi-sim ablate`; `mimi-sim guide ablation` says how to read it.",
        "",
        markdown_cell(ablation.summary),
        "",
        *(f"- {markdown_cell(each)}" for each in ablation.details),
    ]
    heading = None
    for row in ablation.rows:
        this = f"## {row.subject.heading}"
        if this != heading:
            heading = this
            lines += ["", this, "", "| rule | demands | without it | noticed by |", "|---|---|---|---|"]
        cells = (row.subject.id, row.subject.text, without(row), " ".join(_names(row)))
        lines.append(f"| {' | '.join(map(markdown_cell, cells))} |")
    return "\n".join(lines) + "\n"


def without(row: Row) -> str:
    """What becomes of the scenarios without the rule, in a sentence."""
    if row.verdict is Verdict.noticed:
        return row.notices[0].words
    if row.verdict is Verdict.essential:
        return f"{row.reason} ({_broken(len(row.seen_in))})"
    return row.reason or f"HOLE: {row.hole}"


def _broken(scenarios: int) -> str:
    return {0: "no scenario breaks it", 1: "1 scenario breaks it"}.get(scenarios, f"{scenarios} scenarios break it")


def _names(row: Row) -> Iterator[str]:
    yield from (each.scenario for each in row.notices)
