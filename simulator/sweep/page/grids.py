"""Rows of a sweep over two of its axes: a grid for each combination of the others."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError, hint
from simulator.scenario.loading.substitution import shown
from simulator.sweep.columns import COSTS, KEY, LAST, VERDICT, Column, axis_names
from simulator.sweep.intervals import Interval, of_mean, of_rate
from simulator.sweep.tally import BAD

FAILURES = "failures"
"""The measure that every sweep has: the rate of runs that failed."""
_NEVER = (KEY.name, *(each.name for each in LAST), "failed_line", "attempts", "ended")
_MOST_GRIDS = 24

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis with more than one value."""

    name: str
    values: tuple[Any, ...]

    @property
    def is_numeric(self) -> bool:
        """Whether its values are numbers, so that one can draw a line over them."""
        return all(isinstance(value, int | float) and not isinstance(value, bool) for value in self.values)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure comes to in some runs."""

    mean: float
    interval: Interval
    runs: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Runs that have all but two axes in common."""

    title: str
    """The values of the others."""
    across: Axis
    down: Axis
    cells: Mapping[tuple[Any, Any], tuple[Row, ...]]

    def figures(self, measure: str) -> dict[tuple[Any, Any], Figure]:
        """A measure by cell, where there are runs that have it."""
        found = {place: figure(rows, measure) for place, rows in self.cells.items()}
        return {place: each for place, each in found.items() if each is not None}


ONE = Axis("", (None,))
"""Stands where there is no second axis."""


def figure(rows: Sequence[Row], measure: str) -> Figure | None:
    """What a measure comes to, with 95 % confidence; None where no run has it."""
    if measure == FAILURES:
        bad = sum(row[VERDICT.name] in BAD for row in rows)
        return Figure(bad / len(rows), of_rate(bad, len(rows)), len(rows)) if rows else None
    values = [float(row[measure]) for row in rows if row[measure] is not None]
    return Figure(fmean(values), of_mean(values), len(values)) if values else None


def axes(rows: Sequence[Row], columns: Iterable[Column]) -> tuple[Axis, ...]:
    """Those with more than one value, numbers first, and of these the ones with the most values first."""
    found = []
    for name in axis_names(columns):
        values = dict.fromkeys(row[name] for row in rows if row[name] is not None)
        if len(values) > 1:
            found.append(Axis(name, tuple(sorted(values, key=lambda value: (isinstance(value, str), value)))))
    return tuple(sorted(found, key=lambda axis: (not axis.is_numeric, -len(axis.values))))


def measures(rows: Sequence[Row], columns: Iterable[Column]) -> tuple[str, ...]:
    """The rate of failures where some failed, and the columns of numbers that are not the same in all runs."""
    known = tuple(columns)
    numbers = [
        each.name
        for each in known
        if each.sort in ("whole", "number") and each.name not in (*_NEVER, *axis_names(known))
    ]
    last = [each.name for each in COSTS]
    found = [name for name in numbers if len({row[name] for row in rows} - {None}) > 1]
    failed = [FAILURES] if any(row[VERDICT.name] in BAD for row in rows) else []
    return (*failed, *sorted(found, key=lambda name: name in last))


def check_axes(wanted: Iterable[str], known: Collection[str]) -> None:
    """Whether these are among the axes with several values that are `known`. Raises SimulatorError."""
    for name in wanted:
        if name not in known:
            listed = hint(name, known) or f"; those with several values: {', '.join(known) or 'none'}"
            raise SimulatorError(f'there is no axis "{name}" with more than one value{listed}')


def grids(rows: Sequence[Row], columns: Iterable[Column], wanted: Sequence[str] = ()) -> tuple[Grid, ...]:
    """The rows over the two axes that are wanted, or the first two of `axes`, of which the longer one goes down unless
    its values are numbers. Raises SimulatorError for an axis that there is not.
    """
    known = {axis.name: axis for axis in axes(rows, columns)}
    check_axes(wanted, known)
    chosen = [known[name] for name in wanted or list(known)[:2]][:2]
    across, down = (*chosen, ONE, ONE)[:2]
    if not wanted and not across.is_numeric and len(across.values) > len(down.values):
        across, down = down, across  # a page has room below
    others = [axis for axis in known.values() if axis not in chosen]
    groups: dict[str, dict[tuple[Any, Any], list[Row]]] = {}
    for row in rows:
        title = ", ".join(f"{axis.name} {shown(row[axis.name])}" for axis in others)
        place = (row[across.name] if across is not ONE else None, row[down.name] if down is not ONE else None)
        groups.setdefault(title, {}).setdefault(place, []).append(row)
    made = (
        Grid(title, across, down, {place: tuple(each) for place, each in cells.items()})
        for title, cells in groups.items()
    )
    return tuple(made)[:_MOST_GRIDS]
