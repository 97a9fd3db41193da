"""Coverage as a file: JSON, Markdown, CSV."""

import csv
import io
import json
import re
from typing import Any

from simulator.printable import printable
from simulator.scenario.coverage import Coverage, Row


def to_json(coverage: Coverage) -> str:
    """An object with the draft, the counts and a list of all requirements."""
    counts = {
        "requirements": len(coverage.rows),
        "covered": sum(bool(row.claims) for row in coverage.rows),
        "holes": len(coverage.holes),
        "unclaimed": sum(row.is_unclaimed for row in coverage.rows),
        "not_seen": len(coverage.not_shown),
    }
    rows = [_object(row) for row in coverage.rows]
    return json.dumps({"draft": coverage.draft, "summary": counts, "requirements": rows}, indent=2) + "\n"


def _object(row: Row) -> dict[str, Any]:
    r = row.requirement
    claims = [
        {
            "id": claim.name,
            "scenario": claim.file,
            "part": claim.part,
            "line": claim.line,
            "result": said and said.value,
        }
        for claim, said in row.claims.items()
    ]
    return {
        "id": r.id,
        "source": r.source,
        "section": r.section,
        "text": r.text,
        "nature": None if r.reason else r.nature.value,
        "reason": r.reason,
        "scenarios": list(row.scenarios),
        "claims": claims,
        "seen": [{"scenario": file, "lines": list(lines)} for file, lines in row.seen.items()],
        "result": row.result and row.result.value,
    }


def to_markdown(coverage: Coverage) -> str:
    """A page with a table per section."""
    lines = [f"# Coverage of {coverage.draft}", "", coverage.summary.replace("\n", "\n\n")]
    heading = None
    for row in coverage.rows:
        this = f"## {row.requirement.source}: {row.requirement.section}"
        if this != heading:
            heading = this
            lines += ["", this, "", "| id | requirement | claimed by | seen in | result |", "|---|---|---|---|---|"]
        cells = (row.requirement.id, row.requirement.text, row.claimed_by, row.seen_in, row.result or "")
        lines.append(f"| {' | '.join(map(markdown_cell, cells))} |")
    return "\n".join(lines) + "\n"


_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def markdown_cell(text: str) -> str:
    """A text that means only itself: each character of markup behind a backslash (CommonMark 2.4)."""
    return _MARKUP.sub(r"\\\1", printable(text))


def _cell(text: str) -> str:
    """A text that no spreadsheet calculates: an apostrophe in front says that it is one."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def to_csv(coverage: Coverage) -> str:
    """A line per requirement; places are separated by spaces."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "source", "section", "text", "reason", "claimed", "seen", "result"))
    for row in coverage.rows:
        r = row.requirement
        claimed = " ".join(dict.fromkeys(map(str, row.claims)))
        seen = " ".join(f"{file}:{line}" for file, lines in row.seen.items() for line in lines)
        cells = (r.id, r.source, r.section, r.text, r.reason or "", claimed, seen, row.result or "")
        writer.writerow(map(_cell, cells))
    return text.getvalue()


WRITERS = {".json": to_json, ".md": to_markdown, ".csv": to_csv}
"""By the suffix of the file to write."""
