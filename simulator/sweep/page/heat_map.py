"""A grid as a table whose cells are the darker the more there is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import log
from typing import Any

from simulator.printable import printable
from simulator.scenario.loading.substitution import shown
from simulator.sweep.page.grids import FAILURES, ONE, Figure, Grid

SHADES = 10
MOST_ROWS = 12
"""More rows than that are folded where most of them say the same."""
_FAR = 20
"""Where the largest value is so many times the smallest, shades are of logarithms."""


def heat_maps(grids: Sequence[Grid], measure: str) -> Iterator[str]:
    """A table for each grid, all with the same shades: one can compare them."""
    figures = [grid.figures(measure) for grid in grids]
    means = [each.mean for found in figures for each in found.values()]
    if means:
        for grid, found in zip(grids, figures, strict=True):
            yield from _table(grid, found, measure, min(means), max(means))


def number(value: float) -> str:
    """A number as people read it, in three digits or so."""
    if value == int(value) and abs(value) < 1e6:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def said(figure: Figure, measure: str) -> str:
    """A figure in a cell: rates in percent."""
    return f"{figure.mean:.0%}" if measure == FAILURES else number(figure.mean)


def _table(
    grid: Grid, found: Mapping[tuple[Any, Any], Figure], measure: str, least: float, most: float
) -> Iterator[str]:
    yield f"<figure><figcaption>{_text(grid.title or measure)}</figcaption><table class='map'><thead><tr>"
    yield f"<th>{_text(_corner(grid))}</th>"
    yield from (f"<th scope='col'>{_text(shown(x)) if x is not None else ''}</th>" for x in grid.across.values)
    yield "</tr></thead><tbody>"
    rows = {
        y: "".join(_cell(found.get((x, y)), measure, least, most) for x in grid.across.values)
        for y in grid.down.values
        if any((x, y) in found for x in grid.across.values)
    }
    usual = _usual(tuple(rows.values()))
    for y, cells in rows.items():
        if cells != usual:
            yield f"<tr><th scope='row'>{_text(shown(y)) if y is not None else ''}</th>{cells}</tr>"
    if usual is not None:
        alike = [shown(y) for y, cells in rows.items() if cells == usual]
        yield f"<tr><th scope='row'><details><summary>{len(alike)} {'others' if len(alike) < len(rows) else 'alike'}"
        yield f"</summary>{_text(', '.join(alike))}</details></th>{usual}</tr>"
    yield "</tbody></table></figure>"


def _usual(rows: Sequence[str]) -> str | None:
    """What most of many rows say; None where they are few, or say this and that."""
    if len(rows) <= MOST_ROWS:
        return None
    row, times = Counter(rows).most_common(1)[0]
    return row if times > len(rows) / 2 else None


def _corner(grid: Grid) -> str:
    arrows = ((grid.down, "↓"), (grid.across, "→"))
    return " ".join(f"{axis.name} {arrow}" for axis, arrow in arrows if axis is not ONE)


def _cell(figure: Figure | None, measure: str, least: float, most: float) -> str:
    if figure is None:
        return "<td></td>"
    low, high = figure.interval.low, figure.interval.high
    between = f", 95 % between {number(low)} and {number(high)}" if high > low else ""
    title = f"{figure.runs} run{'s' if figure.runs != 1 else ''}{between}"
    shade = _shade(figure.mean, least, most)
    return f"<td class='h{shade}' title='{_text(title)}'>{said(figure, measure)}</td>"


def _shade(value: float, least: float, most: float) -> int:
    if most <= least:
        return 0
    if least > 0 and most / least >= _FAR:
        value, least, most = log(value), log(least), log(most)
    return min(int((value - least) / (most - least) * SHADES), SHADES - 1)


def _text(text: str) -> str:
    return escape(printable(text))
