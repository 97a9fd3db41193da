"""How coverage reads: a table where somebody looks, a line per requirement where a program reads."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.cli.output.lines import STYLES
from simulator.printable import printable
from simulator.scenario.coverage import Coverage, Row


def render(coverage: Coverage, *, as_tables: bool) -> Iterator[RenderableType]:
    """What to print, one after the other."""
    if as_tables:
        yield from _tables(coverage)
    else:
        yield from _lines(coverage)


def _tables(coverage: Coverage) -> Iterator[RenderableType]:
    sections: dict[str, list[Row]] = {}
    for row in coverage.rows:
        sections.setdefault(f"{row.requirement.source}: {row.requirement.section}", []).append(row)
    for title, rows in sections.items():
        table = Table(title=Text(title, style="bold"), title_justify="left", expand=True, show_header=False)
        table.add_column(ratio=3, overflow="fold")
        table.add_column(ratio=5)
        table.add_column(ratio=5, overflow="fold")
        table.add_column(width=11)
        for row in rows:
            table.add_row(row.requirement.id, row.requirement.text, _shown_by(row), _result(row))
        yield table


def _lines(coverage: Coverage) -> Iterator[Text]:
    width = max((len(row.requirement.id) for row in coverage.rows), default=0)
    for row in coverage.rows:
        result = "" if row.result is None else row.result.value
        yield Text(printable(f"{row.requirement.id:<{width}}  {result:<11}  {row.shown_by}".rstrip()))


def _shown_by(row: Row) -> Text:
    style = "bold red" if row.is_hole else "default" if row.scenarios else "dim"
    return Text("\n".join(map(printable, row.scenarios)) or row.shown_by, style=style)


def _result(row: Row) -> Text:
    return Text("") if row.result is None else Text(row.result.value, style=STYLES.get(row.result, "default"))
