"""A figure in words, the same ones wherever it is shown."""

from simulator.bench.measuring import Figure
from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The cells of a figure's line; empty where nothing was measured."""

    ours: str
    baseline: str
    """Or the limit."""
    ratio: str
    met: str
    about: str
    """What is measured, against what, and what is missing or in the way."""


def words(figure: Figure) -> Words:
    """A figure as people read it."""
    row = figure.row
    beside = row.against or f"at most {row.limit:g} {row.unit}"
    about = f"{row.work}; {figure.missing or beside}"
    if figure.ours is None or figure.ratio is None:
        return Words("", "", "", "not measured", about)
    baseline = figure.baseline.median if figure.baseline is not None else row.limit or 0
    met = "met" if figure.met else "not met"
    in_the_way = f". Not met: {figure.obstacle}" if figure.obstacle else ""
    return Words(_number(figure.ours.median), _number(baseline), f"{figure.ratio:.2f}", met, about + in_the_way)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
