"""The figures of the benchmark as a table where somebody looks, a line per row where a program reads."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.bench import Figure
from simulator.bench.wording import words

_STYLES = {True: "green", False: "bold red", None: "dim"}
_COLUMNS = ("id", "ours", "baseline", "unit", "ratio", "goal", "met")


def line(figure: Figure) -> Text:
    """What a row has come to."""
    row, said = figure.row, words(figure)
    if figure.missing:
        return Text(f"{row.id:<18} not measured: {figure.missing}")
    return Text(
        f"{row.id:<18} {said.ours:>10} {said.baseline:>10} {row.unit:<10} x{said.ratio:<7} "
        f"goal {row.goal:g}: {said.met}{figure.obstacle and f': {figure.obstacle}'}"
    )


def render(figures: Sequence[Figure]) -> RenderableType:
    """All rows."""
    table = Table(expand=True)
    for name in _COLUMNS:
        table.add_column(name, justify="right" if name in ("ours", "baseline", "ratio", "goal") else "left")
    table.add_column("what is measured, and what it is compared with", ratio=1, overflow="fold")
    for figure in figures:
        row, said = figure.row, words(figure)
        table.add_row(
            row.id, said.ours, said.baseline, row.unit, said.ratio, f"{row.goal:g}",
            Text(said.met, style=_STYLES[figure.met]), Text(said.about),
        )  # fmt: skip
    return table


def summary(figures: Sequence[Figure]) -> str:
    """How many goals are met."""
    met = [figure.met for figure in figures]
    rows = f"{len(figures)} row{'s' if len(figures) != 1 else ''}"
    return f"{rows}: {met.count(True)} met, {met.count(False)} not met, {met.count(None)} not measured"
