"""The table as a page: a heat map, and behind each of its lines what happened in the drafts, side by side."""

import base64
from collections.abc import Callable, Iterator
from html import escape

from simulator.printable import printable
from simulator.scenario.comparison.attacks import Attack
from simulator.scenario.comparison.documents import in_short, to_json, to_markdown
from simulator.scenario.comparison.picture import to_svg
from simulator.scenario.comparison.table import Cell, Column, Comparison, Row
from simulator.trace.page_head import page_head

TITLE = "What stops which attack?"
READING = (
    "Each line is a scenario with attacks; a cell is the one that ends worst. It is judged by who refuses, by what is "
    "another way at honest providers and clients afterwards, and by what these notice."
)
STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1b1f27, #e7eaf0); --quiet: light-dark(#5a6372, #9aa4b3);
--line: light-dark(#e2e5ea, #2b313b); --panel: light-dark(#f6f7f9, #161a21); --bg: light-dark(#fff, #0f1217);
--blocked: light-dark(#0b8457, #58c08c); --blocked-wash: light-dark(#e0f0ea, #12291f);
--visible: light-dark(#8a5a00, #e3b45c); --visible-wash: light-dark(#fdf2dc, #2f2614);
--succeeds: light-dark(#b82536, #ff8089); --succeeds-wash: light-dark(#fdebed, #351a1f);
--unsupported: var(--quiet); --unsupported-wash: var(--panel); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--bg); max-width: 1500px;
margin: 0 auto; padding: 32px 24px 64px; }
body * { unicode-bidi: isolate; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 17px; margin: 0; }
h3 { font-size: 15px; margin: 0; }
p, .quiet { color: var(--quiet); } a { color: inherit; text-decoration: none; }
table { border-collapse: separate; border-spacing: 3px; width: 100%; table-layout: fixed; margin-top: 16px; }
td, th { padding: 5px 10px; text-align: left; vertical-align: top; overflow-wrap: anywhere; font-size: 13px; }
thead th { position: sticky; top: 0; background: var(--bg); font-size: 14px; }
tbody th { font-weight: 400; } .name { width: 22%; } td { border-radius: 5px; } td a { display: block; }
td b, li b { font-weight: 600; } td span { color: var(--quiet); }
.blocked { background: var(--blocked-wash); } .blocked b { color: var(--blocked); }
.visible { background: var(--visible-wash); } .visible b { color: var(--visible); }
.succeeds { background: var(--succeeds-wash); } .succeeds b { color: var(--succeeds); }
.unsupported { background: var(--unsupported-wash); } .unsupported b { color: var(--unsupported); }
section { margin-top: 36px; padding-top: 12px; border-top: 1px solid var(--line); }
.beside { display: flex; gap: 24px; overflow-x: auto; } .beside > div { flex: 1 1 0; min-width: 420px; }
ol { padding-left: 22px; margin: 8px 0; } li { font-size: 13px; padding: 2px 8px; border-radius: 5px; margin: 3px 0; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; } img { max-width: 100%; }
summary { color: var(--quiet); cursor: pointer; }
@media (max-width: 640px) { body { padding: 16px 10px; } td, th { padding: 4px 6px; } }
@media print { :root { color-scheme: light; } body { padding: 0; } tr { break-inside: avoid; } }
"""


def to_html(comparison: Comparison) -> str:
    """The whole page, with its styles and pictures in it and nothing to load."""
    columns = "".join(f'<th scope="col">{_text(column.name)}</th>' for column in comparison.columns)
    return "\n".join(
        (
            *page_head(escape(TITLE), STYLE),
            f'<body><main><h1 id="top">{escape(TITLE)}</h1>',
            f"<p>{READING}</p>",
            *(f"<p>{_text(line)}</p>" for line in comparison.summary),
            f'<table><thead><tr><th class="name" scope="col">attack</th>{columns}</tr></thead><tbody>',
            *(_line(place, row) for place, row in enumerate(comparison.rows)),
            "</tbody></table>",
            *(part for place, row in enumerate(comparison.rows) for part in _section(place, row, comparison.columns)),
            "</main></body></html>\n",
        )
    )


def _line(place: int, row: Row) -> str:
    cells = "".join(
        f'<td class="{cell.end.value}"><a href="#r{place}"><b>{cell.end.value}</b> '
        f"<span>{_text(in_short(cell), 160)}</span></a></td>"
        for cell in row.cells
    )
    return f'<tr><th scope="row"><a href="#r{place}">{_text(row.name)}</a></th>{cells}</tr>'


def _section(place: int, row: Row, columns: tuple[Column, ...]) -> Iterator[str]:
    yield f'<section id="r{place}"><h2>{_text(row.name)}</h2>'
    yield f'<p><code>{_text(row.id)}</code> <a href="#top">back to the table</a></p><div class="beside">'
    for column, cell in zip(columns, row.cells, strict=True):
        yield f"<div><h3>{_text(column.name)}</h3>{_detail(cell)}</div>"
    yield "</div></section>"


def _detail(cell: Cell) -> str:
    if not cell.attacks:
        return f'<p class="quiet">{_text(cell.missing)}</p>'
    items = "".join(f'<li value="{each.number}" class="{each.end.value}">{_attack(each)}</li>' for each in cell.attacks)
    return f"<ol>{items}</ol>{_picture(cell.drawn)}"


def _attack(attack: Attack) -> str:
    how = " ".join(f"<code>{_text(each)}</code>" for each in (*attack.answers[:2], *attack.rules[:2]))
    note = f'<br><span class="quiet">{_text(attack.note, 400)}</span>' if attack.note else ""
    return f"{_text(attack.label)}: <b>{attack.end.value}</b> {_text(attack.why, 400)} {how}{note}"


def _picture(svg: str) -> str:
    """A diagram as an image of its own: it brings its own styles."""
    if not svg:
        return ""
    data = base64.b64encode(svg.encode()).decode()
    image = f'<img loading="lazy" alt="sequence diagram" src="data:image/svg+xml;base64,{data}">'
    return f"<details open><summary>what happened</summary>{image}</details>"


def _text(text: str, most: int | None = None) -> str:
    return escape(printable(text) if most is None else printable(text, most))


WRITERS: dict[str, Callable[[Comparison], str]] = {
    ".html": to_html,
    ".md": to_markdown,
    ".json": to_json,
    ".svg": to_svg,
}
"""By the suffix of the file to write. What they write of unsupported cells is why."""
