"""What was found out, as JSON and as Markdown."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from simulator.scenario.ablation.rows import Ablation, Notice, Row, Verdict
from simulator.scenario.ablation.table import AblationTable, Line
from simulator.scenario.coverage_files import markdown_cell


def to_json(table: AblationTable) -> str:
    """An object with the drafts, each with its counts, and a list of the rules of each. A rule that is a hole has
    neither `noticed_by` nor a `reason`.
    """
    rules = [_row(each.draft, row) for each in table.drafts for row in each.rows]
    return json.dumps({"drafts": [_counts(each) for each in table.drafts], "rules": rules}, indent=2) + "\n"


def _counts(ablation: Ablation) -> dict[str, Any]:
    counts = {verdict.value: len(ablation.of(verdict)) for verdict in Verdict}
    return {"draft": ablation.draft, "rules": len(ablation.rows), "scenarios": ablation.scenarios, **counts}


def _row(draft: str, row: Row) -> dict[str, Any]:
    subject, together = row.subject, row.together
    return {
        "id": subject.id,
        "draft": draft,
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


def to_markdown(table: AblationTable) -> str:
    """A page with a table per section, and in that a column per draft."""
    head = ("rule", "demands", "without it", *(each.draft for each in table.drafts))
    lines = [
        "# What does this MUST stop?",
        "",
        "Each rule of a draft is taken away in turn: nobody keeps it. What the scenarios notice then is what the rule",
        "is for. Written by `mimi-sim ablate`; `mimi-sim guide ablation` says how to read it.",
        "",
        *(f"- {markdown_cell(each.summary)}" for each in table.drafts),
    ]
    for heading, rules in groupby(table.lines, lambda line: line.subject.heading):
        lines += ["", f"## {heading}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
        lines += [f"| {' | '.join(map(markdown_cell, _cells(line)))} |" for line in rules]
    return "\n".join(lines) + "\n"


def _cells(line: Line) -> Iterator[str]:
    """The line in Markdown: what is noticed is told once, as the first draft has it."""
    yield line.subject.id
    yield line.subject.text
    noticed = (row.notices[0].words for row in line.rows if row.verdict is Verdict.noticed)
    essential = (str(row.reason) for row in line.rows if row.verdict is Verdict.essential)
    yield next(noticed, next(essential, ""))
    yield from (_in_short(row) if row is not None else "" for row in line.cells)


def _in_short(row: Row) -> str:
    """The verdict, and who notices first, what refuses as well, or why nobody does."""
    match row.verdict:
        case Verdict.noticed:
            return f"noticed by {row.notices[0].scenario}"
        case Verdict.essential:
            return "essential"
        case Verdict.explained:
            return f"explained: {row.reason}"
        case _:
            return without(row)


def without(row: Row) -> str:
    """What becomes of the scenarios without the rule, in a sentence."""
    match row.verdict:
        case Verdict.noticed:
            return row.notices[0].words
        case Verdict.essential:
            return f"{row.reason} ({_broken(len(row.seen_in))})"
        case Verdict.hole:
            return f"HOLE: {row.hole}"
        case _:
            return str(row.reason)


def _broken(scenarios: int) -> str:
    return {0: "no scenario breaks it", 1: "1 scenario breaks it"}.get(scenarios, f"{scenarios} scenarios break it")
