"""How ablation reads: a table where somebody looks, a line per rule where a program reads."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.printable import printable
from simulator.scenario.ablation import Ablation, AblationTable, Row, Verdict
from simulator.scenario.ablation.documents import without

STYLES = {
    Verdict.noticed: "green",
    Verdict.redundant: "yellow",
    Verdict.explained: "dim",
    Verdict.essential: "dim",
    Verdict.hole: "bold red",
}


def render(table: AblationTable, *, as_tables: bool) -> Iterator[RenderableType]:
    """What to print, one after the other."""
    if as_tables:
        for each in table.drafts:
            yield from _tables(each)
    else:
        yield from _lines(table)


def summary(table: AblationTable) -> Iterator[Text]:
    """What stands below: for each draft how many rules have which verdict, and what to look at."""
    for each in table.drafts:
        yield Text(each.summary, style="bold")
        yield from (Text(f"  {line}") for line in each.details)


def _tables(ablation: Ablation) -> Iterator[RenderableType]:
    for title, rows in groupby(ablation.rows, lambda row: row.subject.heading):
        heading = Text(f"{ablation.draft}, {title}", style="bold")
        table = Table(title=heading, title_justify="left", expand=True, show_header=False)
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


def _lines(table: AblationTable) -> Iterator[Text]:
    rows = [(each.draft, row) for each in table.drafts for row in each.rows]
    width = max((len(row.subject.id) for _, row in rows), default=0)
    draft_width = max((len(draft) for draft, _ in rows), default=0)
    for draft, row in rows:
        said = f"{without(row)}{_more(row)}"
        line = f"{row.subject.id:<{width}}  {draft:<{draft_width}}  {row.verdict.value:<9}  {said}"
        yield Text(printable(line.rstrip()))
