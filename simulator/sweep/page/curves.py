"""Measures of a sweep over one axis, as pictures: means with the band in which they are with 95 % confidence."""

from collections.abc import Sequence

from simulator.scenario.loading.substitution import shown
from simulator.sweep.page.grids import FAILURES, ONE, Grid
from simulator.trace.drawing.line_plot import PlotPoint, line_plot

_MOST_LINES = 12


def curve(grids: Sequence[Grid], measure: str) -> str:
    """The picture as SVG, with a line for each grid and each value of its second axis; nothing where the first is no
    number, or there would be too many lines to tell them apart.
    """
    across = grids[0].across
    series = [points for grid in grids for points in _series(grid, measure) if len(points) > 1]
    if not across.is_numeric or not series or len(series) > _MOST_LINES:
        return ""
    up = "rate of failures" if measure == FAILURES else measure
    return line_plot([point for points in series for point in points], across.name, up)


def _series(grid: Grid, measure: str) -> list[list[PlotPoint]]:
    found: dict[str, list[PlotPoint]] = {}
    figures = grid.figures(measure)
    for x, y in sorted(figures, key=lambda place: grid.down.values.index(place[1])):
        each = figures[x, y]
        second = "" if grid.down is ONE else f"{grid.down.name} {shown(y)}"
        name = ", ".join(part for part in (grid.title, second) if part) or measure
        point = PlotPoint(name, x, each.mean, each.interval.low, each.interval.high)
        found.setdefault(name, []).append(point)
    return [sorted(points, key=lambda point: point.x) for points in found.values()]
