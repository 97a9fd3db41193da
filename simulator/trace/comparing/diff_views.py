"""Differences as text, JSON and a page, side by side."""

import html as markup
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from simulator.printable import printable
from simulator.trace.comparing.diff import RANDOM_BYTES, Change
from simulator.trace.policy import policy

COUNTED = (RANDOM_BYTES, "sizes and digests")
"""Changes that are counted and not listed: what they are called."""

LONGEST = 2000
"""How many characters of a text are shown."""

STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1b1f27, #e7eaf0); --quiet: light-dark(#5a6372, #9aa4b3);
--line: light-dark(#e2e5ea, #2b313b); --panel: light-dark(#f6f7f9, #161a21); --bg: light-dark(#fff, #0f1217);
--old: light-dark(#b82536, #ff8089); --old-wash: light-dark(#fdebed, #351a1f);
--new: light-dark(#1c7a4a, #58c08c); --new-wash: light-dark(#e5f4eb, #15291f); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--bg); max-width: 1180px;
margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 17px; margin: 0; }
p, .quiet { color: var(--quiet); } a { color: inherit; } ul { padding-left: 20px; }
section { margin-top: 36px; } table { border-collapse: collapse; width: 100%; table-layout: fixed; margin-top: 8px; }
body * { unicode-bidi: isolate; }
td, th { padding: 5px 12px; text-align: left; vertical-align: top; overflow-wrap: anywhere; font-size: 14px; }
tr { border-bottom: 1px solid var(--line); } thead th { color: var(--quiet); font-weight: 500; }
tbody th { background: var(--panel); font-weight: 600; padding-top: 7px; } .what { width: 30%; }
td { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 13px; }
.old { color: var(--old); background: var(--old-wash); } .new { color: var(--new); background: var(--new-wash); }
@media (max-width: 640px) { body { padding: 16px 10px; } td, th { padding: 4px 6px; } .what { width: 34%; } }
@media print { :root { color-scheme: light; } body { padding: 0; } tr { break-inside: avoid; } }
"""


def text(changes: Sequence[Change]) -> str:
    """For a terminal: scenario, place, and a line for each change."""
    return "\n".join(printable(line, LONGEST) for line in _lines(changes)) if changes else "no differences"


def _lines(changes: Sequence[Change]) -> Iterator[str]:
    for scenario, found in groupby(changes, key=lambda change: change.scenario):
        yield scenario
        for place, here in groupby(found, key=lambda change: change.place):
            if place:
                yield f"  {place}"
            for change in here:
                yield f"    {describe(change)}"
    yield _count(len(changes))


def subject(change: Change) -> str:
    """Which field or fact it is, with its struct."""
    return f"{change.struct} {change.field}".strip()


def describe(change: Change) -> str:
    """What has changed, in a line."""
    what = subject(change)
    if change.field == "seed":
        return f"seed: {change.old} -> {change.new}; the bytes that a seed makes are not compared"
    if change.old and change.new:
        return f"{what}: {change.old} -> {change.new}"
    if change.old:
        return f"{what} gone: {change.old}"
    return f"{what}: {change.new}" if change.field in COUNTED else f"{what} added: {change.new}"


def to_json(changes: Sequence[Change]) -> dict[str, Any]:
    """For programs: all parts of each change; empty ones are left out."""
    return {
        "same": not changes,
        "changes": [{name: value for name, value in asdict(change).items() if value} for change in changes],
    }


def html(changes: Sequence[Change], title: str) -> str:
    """A page of its own, for any browser, without a network."""
    head = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(STYLE)}"><link rel="icon" href="data:,">'
        f"<title>{_shown(title)}</title><style>{STYLE}</style><h1>{_shown(title)}</h1>"
    )
    if not changes:
        return f"{head}\n<p>No differences.</p></html>\n"
    by_scenario = [(scenario, list(found)) for scenario, found in groupby(changes, key=lambda change: change.scenario)]
    return "\n".join(
        [head, f"<p>{_count(len(changes))}.</p>", *_contents(by_scenario), *_sections(by_scenario), "</html>\n"]
    )


def _contents(by_scenario: Sequence[tuple[str, Sequence[Change]]]) -> Iterator[str]:
    """Links to the scenarios, where there are several."""
    if len(by_scenario) > 1:
        yield "<ul>"
        for place, (scenario, changes) in enumerate(by_scenario, 1):
            count = f'<span class="quiet">{_count(len(changes))}</span>'
            yield f'<li><a href="#s{place}">{_shown(scenario)}</a> {count}</li>'
        yield "</ul>"


def _sections(by_scenario: Sequence[tuple[str, Sequence[Change]]]) -> Iterator[str]:
    """A table for each scenario, with a heading in it for each place."""
    for number, (scenario, changes) in enumerate(by_scenario, 1):
        yield f'<section id="s{number}"><h2>{_shown(scenario)}</h2><table>'
        yield '<thead><tr><th class="what">What</th><th>Before</th><th>After</th></tr></thead>'
        for place, here in groupby(changes, key=lambda change: change.place):
            yield f'<tbody><tr><th colspan="3">{_shown(place.replace("->", "→") or "The scenario")}</th></tr>'
            yield from (_row(change) for change in here)
            yield "</tbody>"
        yield "</table></section>"


def _row(change: Change) -> str:
    what = f"<td>{_shown(subject(change))}</td>"
    if change.field in COUNTED:
        return f'<tr>{what}<td colspan="2" class="quiet">{_shown(change.new)}</td></tr>'
    cells = [
        f'<td class="{name}">{_shown(text)}</td>' if text else "<td></td>"
        for name, text in (("old", change.old), ("new", change.new))
    ]
    return f"<tr>{what}{''.join(cells)}</tr>"


def _shown(text: str) -> str:
    """A text as HTML that means only itself."""
    return markup.escape(printable(text, LONGEST))


def _count(number: int) -> str:
    return f"{number} {'difference' if number == 1 else 'differences'}"
