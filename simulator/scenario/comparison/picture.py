"""The table as a picture: one line for each scenario whose attacks are not blocked in every draft, first those that end
otherwise in one than in another.
"""

from collections.abc import Iterator

from simulator.printable import printable
from simulator.scenario.comparison.attacks import End
from simulator.scenario.comparison.documents import in_short
from simulator.scenario.comparison.table import Cell, Comparison, Row
from simulator.trace.drawing.pictures import (
    BAD,
    BAD_WASH,
    FONT,
    HUES,
    INK,
    LINE,
    PANEL,
    QUIET,
    REFUSED,
    REFUSED_WASH,
    WASHES,
    meaning_itself,
    themed,
)

COLOURS = {
    End.succeeds: (BAD, BAD_WASH),
    End.visible: (REFUSED, REFUSED_WASH),
    End.blocked: (HUES[1], WASHES[1]),
    End.unsupported: (QUIET, PANEL),
}
"""By how it ends: of the word, and of the ground below."""

_NAME, _CELL, _LINE, _HEAD, _EDGE = 300, 270, 44, 76, 16
_LETTERS = 36


def to_svg(comparison: Comparison) -> str:
    """An SVG with its colours in it, for light and dark pages."""
    rows = sorted((row for row in comparison.rows if _is_shown(row)), key=lambda row: not row.differs)
    wide = 2 * _EDGE + _NAME + _CELL * len(comparison.columns)
    high = _HEAD + _LINE * len(rows) + 40
    parts = [*_head(comparison), *(part for place, row in enumerate(rows) for part in _row(place, row))]
    parts += _foot(comparison, len(rows), high)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" font-family="{FONT}" font-size="13"><title>What stops which attack?</title>'
        f"{''.join(parts)}</svg>"
    )
    return themed(svg) + "\n"


def _is_shown(row: Row) -> bool:
    return row.differs or any(cell.end in (End.visible, End.succeeds) for cell in row.cells)


def _head(comparison: Comparison) -> Iterator[str]:
    yield _text(_EDGE, 30, "What stops which attack?", INK, weight=600, size=16)
    for place, column in enumerate(comparison.columns):
        yield _text(_left(place), 58, _short(column.name, 32), INK, weight=600)


def _row(place: int, row: Row) -> Iterator[str]:
    top = _HEAD + place * _LINE
    right = _left(len(row.cells))
    yield f'<line x1="{_EDGE}" x2="{right}" y1="{top}" y2="{top}" stroke="{LINE}"/>'
    yield _text(_EDGE, top + 27, _short(row.name, 40), INK)
    for column, cell in enumerate(row.cells):
        yield from _cell(_left(column), top, cell)


def _cell(left: int, top: int, cell: Cell) -> Iterator[str]:
    colour, wash = COLOURS[cell.end]
    yield f'<rect x="{left - 8}" y="{top + 3}" width="{_CELL - 6}" height="{_LINE - 6}" rx="5" fill="{wash}"/>'
    yield _text(left, top + 18, cell.end.value, colour, weight=600)
    yield _text(left, top + 34, _short(in_short(cell), _LETTERS), QUIET, size=11)


def _foot(comparison: Comparison, shown: int, high: int) -> Iterator[str]:
    others = len(comparison.rows) - shown
    if others:
        yield _text(_EDGE, high - 16, f"{others} other scenarios: each of their attacks is blocked.", QUIET)


def _left(column: int) -> int:
    return _EDGE + _NAME + column * _CELL


def _text(x: int, y: int, text: str, colour: str, *, weight: int = 400, size: int = 13) -> str:
    said = meaning_itself(text)
    return f'<text x="{x}" y="{y}" fill="{colour}" font-weight="{weight}" font-size="{size}">{said}</text>'


def _short(text: str, letters: int) -> str:
    shown = printable(text)
    return shown if len(shown) <= letters else f"{shown[: letters - 1]}…"
