"""How coverage reads: a table where somebody looks, a line per requirement where a program reads."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.printable import printable
from simulator.scenario.claims import Verdict
from simulator.scenario.coverage import Coverage, Row

_STYLES = {
    Verdict.failed: "bold red",
    Verdict.not_seen: "bold red",
    Verdict.seen: "green",
    Verdict.not_judged: "yellow",
}


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
        table = Table(title=Text(title, style="bold"), title_justify="left", expand=True, show_header=coverage.ran)
        table.add_column("requirement", ratio=3, overflow="fold")
        table.add_column(ratio=5)
        table.add_column("claimed by", ratio=5, overflow="fold")
        if coverage.ran:
            table.add_column("seen in", ratio=4, overflow="fold")
            table.add_column("result", width=10)
        for row in rows:
            ran = (Text(printable(row.seen_in)), _result(row)) if coverage.ran else ()
            table.add_row(row.requirement.id, row.requirement.text, _claimed_by(row), *ran)
        yield table


def _lines(coverage: Coverage) -> Iterator[Text]:
    width = max((len(row.requirement.id) for row in coverage.rows), default=0)
    for row in coverage.rows:
        result = "" if row.result is None else row.result.value
        seen = f"  seen in {row.seen_in}" if row.seen else ""
        yield Text(printable(f"{row.requirement.id:<{width}}  {result:<10}  {row.claimed_by}{seen}".rstrip()))


def _claimed_by(row: Row) -> Text:
    style = "bold red" if row.is_unclaimed else "default" if row.claims else "dim"
    places = dict.fromkeys(map(str, row.claims))
    return Text("\n".join(map(printable, places)) or row.claimed_by, style=style)


def _result(row: Row) -> Text:
    return Text("") if row.result is None else Text(row.result.value, style=_STYLES[row.result])
