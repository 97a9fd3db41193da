"""Findings as JSON and as a page, side by side."""

import html as markup
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from simulator.printable import printable
from simulator.trace.comparing.causes import Cause
from simulator.trace.comparing.change import Change
from simulator.trace.comparing.diff_text import (
    LONGEST,
    conclusion,
    counted,
    describe,
    described,
    explained,
    subject,
    where,
)
from simulator.trace.comparing.findings import Findings
from simulator.trace.policy import policy

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


def to_json(found: Findings) -> dict[str, Any]:
    """For programs: changes of the layout and of verdicts, all parts of each difference, what is alike, traffic."""
    return {
        "same": not found,
        "layout": [
            {**asdict(each.change), "messages": each.messages, "scenarios": each.scenarios, "example": each.example}
            for each in found.layout
        ],
        "verdicts": [asdict(each) for each in found.verdicts],
        "causes": [
            {"what": described(each), "times": len(each.changes), "scenarios": each.scenarios} for each in found.causes
        ],
        "changes": [{name: value for name, value in asdict(change).items() if value} for change in found.changes],
        "traffic": [asdict(each) for each in found.traffic],
        "scenarios": found.scenarios,
        "unchanged": found.same,
    }


def html(found: Findings, title: str) -> str:
    """A page of its own, for any browser, without a network."""
    head = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(STYLE)}"><link rel="icon" href="data:,">'
        f"<title>{_shown(title)}</title><style>{STYLE}</style><h1>{_shown(title)}</h1>"
    )
    if not found:
        return f"{head}\n<p>No differences.</p></html>\n"
    by_scenario = [(scenario, list(each)) for scenario, each in groupby(found.changes, key=lambda each: each.scenario)]
    return "\n".join(
        [
            head,
            f"<p>{_shown(conclusion(found))}.</p>",
            *_sentences(found),
            *_causes([cause for cause in found.causes if len(cause.changes) > 1]),
            *_contents(by_scenario),
            *_sections(by_scenario),
            "</html>\n",
        ]
    )


def _sentences(found: Findings) -> Iterator[str]:
    """What has changed in the protocol's words, and in the traffic."""
    if found.layout or found.verdicts:
        yield "<section><h2>The protocol</h2><ul>"
        for each in found.layout:
            shows = f'<br><span class="quiet">{_shown(explained(each))}</span>' if each.messages else ""
            yield f"<li>{_shown(each.sentence)}{shows}</li>"
        yield from (f"<li>{_shown(str(each))}</li>" for each in found.verdicts)
        yield "</ul></section>"
    if found.traffic:
        yield "<section><h2>Traffic</h2><ul>"
        yield from (f"<li>{_shown(str(each))}</li>" for each in found.traffic)
        yield "</ul></section>"


def _causes(causes: Sequence[Cause]) -> Iterator[str]:
    """What is alike in many places, once."""
    if causes:
        yield "<section><h2>Alike in many places</h2><ul>"
        for cause in causes:
            first = f'<br><span class="quiet">{_shown(counted(cause))}; first: {_shown(where(cause.first))}</span>'
            yield f"<li>{_shown(described(cause))}{first}</li>"
        yield "</ul></section>"


def _contents(by_scenario: Sequence[tuple[str, Sequence[Change]]]) -> Iterator[str]:
    """Links to the scenarios, where there are several."""
    if len(by_scenario) > 1:
        yield "<ul>"
        for place, (scenario, changes) in enumerate(by_scenario, 1):
            yield f'<li><a href="#s{place}">{_shown(scenario)}</a> <span class="quiet">{len(changes)}</span></li>'
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
    if change.is_random:
        return f'<tr>{what}<td colspan="2" class="quiet">{_shown(describe(change))}</td></tr>'
    cells = [
        f'<td class="{name}">{_shown(text)}</td>' if text else "<td></td>"
        for name, text in (("old", change.old), ("new", change.new))
    ]
    return f"<tr>{what}{''.join(cells)}</tr>"


def _shown(text: str) -> str:
    """A text as HTML that means only itself."""
    return markup.escape(printable(text, LONGEST))
