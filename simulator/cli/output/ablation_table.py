"""How ablation reads: a table where somebody looks, a line per rule where a program reads."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.printable import printable
from simulator.scenario.ablation import Ablation, Row, Verdict
from simulator.scenario.ablation.documents import without

STYLES = {
    Verdict.noticed: "green",
    Verdict.redundant: "yellow",
    Verdict.explained: "dim",
    Verdict.essential: "dim",
    Verdict.hole: "bold red",
}


def render(ablation: Ablation, *, as_tables: bool) -> Iterator[RenderableType]:
    """What to print, one after the other."""
    if as_tables:
        yield from _tables(ablation)
    else:
        yield from _lines(ablation)


def _tables(ablation: Ablation) -> Iterator[RenderableType]:
    sections: dict[str, list[Row]] = {}
    for row in ablation.rows:
        sections.setdefault(row.subject.heading, []).append(row)
    for title, rows in sections.items():
        table = Table(title=Text(title, style="bold"), title_justify="left", expand=True, show_header=False)
        table.add_column(ratio=4, overflow="fold")
        table.add_column(ratio=5)
        table.add_column(ratio=6, overflow="fold")
        table.add_column(width=9)
        for row in rows:
            verdict = Text(row.verdict.value, style=STYLES[row.verdict])
            table.add_row(Text(row.subject.id), Text(printable(row.subject.text)), _without(row), verdict)
        yield table


def _without(row: Row) -> Text:
    return Text(
        printable(f"{without(row)}{_more(row)}"), style=STYLES[row.verdict] if row.verdict is Verdict.hole else ""
    )


def _more(row: Row) -> str:
    others = len(row.notices) - 1
    return f" (and {others} more scenario{'s' if others > 1 else ''})" if others > 0 else ""


def _lines(ablation: Ablation) -> Iterator[Text]:
    width = max((len(row.subject.id) for row in ablation.rows), default=0)
    for row in ablation.rows:
        line = f"{row.subject.id:<{width}}  {row.verdict.value:<9}  {without(row)}{_more(row)}"
        yield Text(printable(line.rstrip()))
