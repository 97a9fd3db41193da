"""The page of a sweep: one HTML file with its styles and pictures in it, and nothing to load."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from simulator.printable import printable
from simulator.sweep.columns import axis_names
from simulator.sweep.figures import Look, progress
from simulator.sweep.page.curves import curve
from simulator.sweep.page.failure_groups import FailureGroup, failure_groups
from simulator.sweep.page.grids import FAILURES, Grid, grids, measures
from simulator.sweep.page.heat_map import SHADES, heat_maps
from simulator.trace.page_head import page_head

_STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1b1f27, #e7eaf0); --quiet: light-dark(#5a6372, #9aa4b3);
--line: light-dark(#e2e5ea, #2b313b); --panel: light-dark(#f6f7f9, #161a21); --bg: light-dark(#fff, #0f1217);
--bad: light-dark(#b82536, #ff8089); --full: light-dark(#2f62d9, #5f84d6); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--bg); max-width: 1200px;
margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 18px; margin: 36px 0 8px; }
p, .quiet, figcaption, caption { color: var(--quiet); } .bad { color: var(--bad); font-weight: 600; }
.said { white-space: pre-line; }
details { border-top: 1px solid var(--line); padding: 8px 0; } summary { cursor: pointer; font-weight: 600; }
.maps { display: flex; flex-wrap: wrap; gap: 24px; } figure { margin: 12px 0; } img { max-width: 100%; }
table { border-collapse: collapse; } td, th { padding: 5px 10px; text-align: right; font-size: 14px; }
.maps > figure { overflow-x: auto; } .map details { max-width: 420px; border: 0; padding: 0; }
.map td { min-width: 52px; border: 1px solid var(--bg); } .map th { color: var(--quiet); font-weight: 500; }
.list { width: 100%; } .list th { white-space: nowrap; }
.list td, .list th { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
overflow-wrap: anywhere; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 13px; user-select: all; }
@media print { :root { color-scheme: light; } body { padding: 0; } }
""" + "\n".join(
    f".h{step} {{ background: color-mix(in oklab, var(--full) {step * 8 + 4}%, var(--bg)); }}" for step in range(SHADES)
)


def page(look: Look, axes: Sequence[str] = (), traces: Mapping[str, str] | None = None) -> str:
    """The whole page. `axes` are the two that heat maps have; `traces` are links to the traces of runs, by key.

    Raises SimulatorError for an axis that there is not.
    """
    identity, rows = look.identity, look.rows
    made = grids(rows, identity.columns, axes) if rows else ()
    groups = failure_groups(rows, axis_names(identity.columns))
    title = escape(printable(identity.experiment))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in look.verdicts.items())
    return "\n".join(
        (
            *page_head(title, _STYLE),
            f"<body><main><h1>{title}</h1>",
            f'<p class="said">{_text(identity.description)}</p>' if identity.description else "",
            f"<p>{progress(len(rows), identity.runs, 0, 0)}{': ' if counts else ''}{counts}.</p>",
            *_failures(groups, traces or {}),
            *(_measures(made, measures(rows, identity.columns)) if made else ()),
            "</main></body></html>\n",
        )
    )


def _measures(made: Sequence[Grid], names: Sequence[str]) -> Iterator[str]:
    yield "<h2>Measures</h2><p>Means; a pointer on a cell shows how many runs it is of, and the 95 % interval.</p>"
    for place, name in enumerate(names):
        words = "Rate of failures" if name == FAILURES else name
        yield f"<details{' open' if place == 0 else ''}><summary>{_text(words)}</summary>"
        drawn = curve(made, name)
        if drawn:
            data = base64.b64encode(drawn.encode()).decode()
            alt = f"{_text(words)} over {_text(made[0].across.name)}"
            yield f'<figure><img alt="{alt}" src="data:image/svg+xml;base64,{data}"></figure>'
        yield '<div class="maps">'
        yield from heat_maps(made, name)
        yield "</div></details>"


def _failures(groups: Sequence[FailureGroup], traces: Mapping[str, str]) -> Iterator[str]:
    if not groups:
        return
    yield "<h2>Failures by cause</h2><table class='list'><thead><tr><th>runs</th><th>cause</th><th>where</th>"
    yield "<th>the first of them</th></tr></thead><tbody>"
    for group in groups:
        first = group.first
        rules = f"<br><span class='quiet'>{_text(group.rules)}</span>" if group.rules else ""
        expectation = f" <span class='quiet'>(expect {_text(group.expectation)})</span>" if group.expectation else ""
        place = f"{first['failed_file']}:{first['failed_line']}: " if first.get("failed_line") else ""
        link = traces.get(first["key"])
        shown = f'<br><a href="{escape(link)}">its trace</a>' if link else ""
        yield f"<tr><td class='bad'>{len(group.rows)}</td><td>{_text(group.cause)}{expectation}{rules}</td>"
        yield f"<td>{_text(group.where)}</td><td>{_text(place + (first['message'] or ''))}<br>"
        yield f"<code>{_text(first['repeat'])}</code>{shown}</td></tr>"
    yield "</tbody></table>"


def _text(text: str) -> str:
    return escape(printable(text)) if "\n" not in text else escape("\n".join(map(printable, text.split("\n"))))
