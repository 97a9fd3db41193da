"""What was found out as a page: what does this MUST stop?"""

from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from simulator.printable import printable
from simulator.scenario.ablation.documents import to_json, to_markdown, without
from simulator.scenario.ablation.rows import Ablation, Row, Verdict
from simulator.scenario.ablation.table import AblationTable, Line
from simulator.trace.page_head import page_head

TITLE = "What does this MUST stop?"
WORDS = {
    Verdict.noticed: "noticed",
    Verdict.redundant: "redundant with another",
    Verdict.explained: "explained",
    Verdict.essential: "can't be switched off",
    Verdict.hole: "a hole",
}
STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1b1f27, #e7eaf0); --quiet: light-dark(#5a6372, #9aa4b3);
--line: light-dark(#e2e5ea, #2b313b); --panel: light-dark(#f6f7f9, #161a21); --bg: light-dark(#fff, #0f1217);
--noticed: light-dark(#1c7a4a, #58c08c); --redundant: light-dark(#8a5a00, #e3b45c);
--hole: light-dark(#b82536, #ff8089); --hole-wash: light-dark(#fdebed, #351a1f); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--bg); max-width: 1500px;
margin: 0 auto; padding: 32px 24px 64px; }
body * { unicode-bidi: isolate; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 17px; margin: 0; }
p, .quiet { color: var(--quiet); } a { color: inherit; }
section { margin-top: 36px; } table { border-collapse: collapse; width: 100%; table-layout: fixed; margin-top: 8px; }
td, th { padding: 7px 12px; text-align: left; vertical-align: top; overflow-wrap: anywhere; font-size: 14px; }
tr { border-bottom: 1px solid var(--line); } thead th { color: var(--quiet); font-weight: 500; }
tbody th { font-weight: 600; } .rule { width: 20%; } .demands { width: 20%; } .verdict { font-weight: 600; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 13px; }
tr:target { background: var(--panel); } summary { color: var(--quiet); cursor: pointer; }
.noticed .verdict { color: var(--noticed); } .redundant .verdict { color: var(--redundant); }
.hole { background: var(--hole-wash); } .hole .verdict { color: var(--hole); }
@media (max-width: 640px) { body { padding: 16px 10px; } td, th { padding: 4px 6px; } }
@media print { :root { color-scheme: light; } body { padding: 0; } tr { break-inside: avoid; } }
"""


def to_html(table: AblationTable) -> str:
    """The whole page, with its styles in it and nothing to load."""
    return "\n".join(
        (
            *page_head(escape(TITLE), STYLE),
            f"<body><main><h1>{escape(TITLE)}</h1>",
            "<p>Each rule is taken away in turn. What the scenarios notice then is what it is for.</p>",
            *(part for each in table.drafts for part in _first(each)),
            *_sections(table),
            "</main></body></html>\n",
        )
    )


def _first(ablation: Ablation) -> Iterator[str]:
    """What to look at first: holes, and what is redundant."""
    yield f"<p>{_text(ablation.summary)}</p>"
    for verdict in (Verdict.hole, Verdict.redundant):
        rows = ablation.of(verdict)
        if rows:
            links = ", ".join(
                f'<a href="#{_text(row.subject.id)}"><code>{_text(row.subject.id)}</code></a>' for row in rows
            )
            yield f"<p>{len(rows)} {WORDS[verdict]}: {links}</p>"


def _sections(table: AblationTable) -> Iterator[str]:
    titles = (("rule", "rule"), ("demands", "demands"), *(("", each.draft) for each in table.drafts))
    head = "".join(f'<th class="{kind}" scope="col">{_text(words)}</th>' for kind, words in titles)
    for title, lines in groupby(table.lines, lambda line: line.subject.heading):
        yield f"<section><h2>{_text(title)}</h2><table><thead><tr>{head}</tr></thead><tbody>"
        yield from map(_line, lines)
        yield "</tbody></table></section>"


def _line(line: Line) -> str:
    name, cells = _text(line.subject.id), "".join(map(_cell, line.cells))
    return f'<tr id="{name}"><th scope="row"><code>{name}</code></th><td>{_text(line.subject.text)}</td>{cells}</tr>'


def _cell(row: Row | None) -> str:
    if row is None:
        return "<td></td>"
    first, *others = [_text(each.words) for each in row.notices] or [_text(without(row))]
    more = f"<details><summary>and {len(others)} more</summary>{'<br>'.join(others)}</details>" if others else ""
    verdict = f'<span class="verdict">{escape(WORDS[row.verdict])}</span>'
    return f'<td class="{row.verdict.value}">{verdict} {first}{more}</td>'


def _text(text: str) -> str:
    return escape(printable(text))


WRITERS: dict[str, Callable[[AblationTable], str]] = {".html": to_html, ".md": to_markdown, ".json": to_json}
"""By the suffix of the file to write."""
