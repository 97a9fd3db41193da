"""The figures of the benchmark as a table where somebody looks, a line per row where a program reads."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.bench import Figure, Row

_STYLES = {True: "green", False: "bold red", None: "dim"}
_COLUMNS = ("id", "ours", "baseline", "unit", "ratio", "goal", "met")


def line(figure: Figure) -> Text:
    """What a row has come to."""
    row, (ours, baseline, ratio, met) = figure.row, _words(figure)
    if figure.missing:
        return Text(f"{row.id:<18} not measured: {figure.missing}")
    return Text(f"{row.id:<18} {ours:>10} {baseline:>10} {row.unit:<10} x{ratio:<7} goal {row.goal:g}: {met}")


def render(figures: Sequence[Figure]) -> RenderableType:
    """All rows."""
    table = Table(expand=True)
    for name in _COLUMNS:
        table.add_column(name, justify="right" if name in ("ours", "baseline", "ratio", "goal") else "left")
    table.add_column("what is measured, and what it is compared with", ratio=1, overflow="fold")
    for figure in figures:
        ours, baseline, ratio, met = _words(figure)
        about = f"{figure.row.work}; {figure.missing or _beside(figure.row)}"
        table.add_row(
            figure.row.id, ours, baseline, figure.row.unit, ratio, f"{figure.row.goal:g}",
            Text(met, style=_STYLES[figure.met]), Text(about),
        )  # fmt: skip
    return table


def summary(figures: Sequence[Figure]) -> str:
    """How many goals are met."""
    met = [figure.met for figure in figures]
    rows = f"{len(figures)} row{'s' if len(figures) != 1 else ''}"
    return f"{rows}: {met.count(True)} met, {met.count(False)} not met, {met.count(None)} not measured"


def _beside(row: Row) -> str:
    return row.against or f"at most {row.limit:g} {row.unit}"


def _words(figure: Figure) -> tuple[str, str, str, str]:
    if figure.ours is None or figure.ratio is None:
        return "", "", "", "not measured"
    baseline = figure.baseline.median if figure.baseline is not None else figure.row.limit or 0
    met = "met" if figure.met else "not met"
    return _number(figure.ours.median), _number(baseline), f"{figure.ratio:.2f}", met


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
