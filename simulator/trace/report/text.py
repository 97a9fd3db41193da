"""The tables of a run as text, for a terminal."""

from collections.abc import Iterator

from simulator.printable import printable
from simulator.trace.report.sections import Section, sections
from simulator.trace.trace import Trace
from simulator.trace.tree import shortened

_LONGEST = 60
"""Characters of a cell."""


def report_lines(trace: Trace) -> Iterator[str]:
    """A heading for the run, then its tables."""
    header = trace.header
    yield printable(f"{trace.id}: {trace.result}, {len(trace.exchanges)} exchanges, seed {header.seed}")
    for each in sections(trace):
        yield ""
        yield from section_lines(each)


def section_lines(section: Section) -> Iterator[str]:
    """A table: title, what it shows, a line for each row."""
    yield f"{section.title}. {section.said}"
    rows = [[_cell(each.words) for each in row] for row in section.rows]
    widths = [max(map(len, column)) for column in zip([_cell(each) for each in section.head], *rows, strict=True)]
    for row in ([_cell(each) for each in section.head], *rows):
        yield "  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
    if section.left_out:
        yield f"  … and {section.left_out:,} more"


def _cell(text: str) -> str:
    return printable(shortened(text, _LONGEST))
