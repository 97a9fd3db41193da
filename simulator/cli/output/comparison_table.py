"""How a comparison reads: a table where somebody looks, a line per cell where a program reads."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.printable import printable
from simulator.scenario.comparison import Comparison, End
from simulator.scenario.comparison.documents import in_short

STYLES = {End.succeeds: "bold red", End.visible: "yellow", End.blocked: "green", End.unsupported: "dim"}
_MOST = 200


def render(comparison: Comparison, *, as_tables: bool) -> Iterator[RenderableType]:
    """What to print, one after the other."""
    if as_tables:
        yield _table(comparison)
    else:
        yield from _lines(comparison)


def summary(comparison: Comparison) -> Iterator[Text]:
    """What stands below: for each draft how many scenarios end how."""
    return (Text(line, style="bold") for line in comparison.summary)


def _table(comparison: Comparison) -> Table:
    table = Table(expand=True)
    table.add_column("attack", ratio=4, overflow="fold")
    for column in comparison.columns:
        table.add_column(Text(column.name), ratio=5, overflow="fold")
    for row in comparison.rows:
        cells = (
            Text.assemble((cell.end.value, STYLES[cell.end]), f" {printable(in_short(cell), _MOST)}")
            for cell in row.cells
        )
        table.add_row(Text(printable(row.name)), *cells)
    return table


def _lines(comparison: Comparison) -> Iterator[Text]:
    width = max((len(column.name) for column in comparison.columns), default=0)
    for row in comparison.rows:
        for column, cell in zip(comparison.columns, row.cells, strict=True):
            said = printable(in_short(cell), _MOST)
            yield Text(f"{row.id}  {column.name:<{width}}  {cell.end.value:<11}  {said}".rstrip())
