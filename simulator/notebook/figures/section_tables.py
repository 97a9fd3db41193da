"""Tables about a run, as a notebook shows them."""

from collections.abc import Iterable

from simulator.notebook.figures.markup import BAD, CALM, GOOD, Display, chip, page, table, text
from simulator.trace.report.sections import Cell, Section
from simulator.trace.report.text import section_lines
from simulator.trace.tree import shortened

_GROUNDS = {"never": GOOD, "told": CALM, "full": BAD}


def section_tables(sections: Iterable[Section], empty: str) -> Display:
    """Tables below each other; the words `empty` where there is none."""
    found = tuple(sections)
    if not found:
        return Display(page(f"<p>{text(empty)}</p>"), empty)
    html = "".join(_html(each) for each in found)
    return Display(page(html), "\n\n".join("\n".join(section_lines(each)) for each in found))


def _html(section: Section) -> str:
    rows = [tuple(_cell(each) for each in row) for row in section.rows]
    more = f'<p class="dim">… and {section.left_out:,} more</p>' if section.left_out else ""
    title = f'<h4>{text(section.title)} <span class="dim">{text(section.said)}</span></h4>'
    return title + table(section.head, rows) + more


def _cell(cell: Cell) -> str:
    said = text(shortened(cell.words))
    if cell.tone in _GROUNDS:
        return chip(shortened(cell.words), _GROUNDS[cell.tone])
    return f'<span class="dim">{said}</span>' if cell.tone == "quiet" else said
