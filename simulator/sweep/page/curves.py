"""Measures of a sweep over one axis, as pictures: means with the band in which they are with 95 % confidence."""

from collections.abc import Sequence
from typing import Any

from simulator.scenario.loading.substitution import shown
from simulator.sweep.page.grids import FAILURES, ONE, Axis, Grid
from simulator.trace.drawing.pictures import FONT, HUES, INK, LINE, QUIET, STRONG, themed
from simulator.trace.drawing.svg import svg

WIDTH, HEIGHT = 520, 260
_MOST_LINES = 12
_FAR = 20
"""An axis whose largest value is so many times the smallest is logarithmic."""


def curve(grids: Sequence[Grid], measure: str) -> str:
    """The picture as SVG, with a line for each grid and each value of its second axis; nothing where the first is no
    number, or there would be too many lines to tell them apart.
    """
    across = grids[0].across
    series = {name: points for grid in grids for name, points in _series(grid, measure).items() if len(points) > 1}
    if not across.is_numeric or not series or len(series) > _MOST_LINES:
        return ""
    data = [{"series": name, **point} for name, points in series.items() for point in points]
    return themed(svg({**_drawn(data, tuple(series), across, measure).to_dict(validate=False), "config": _LOOKS}))


def _series(grid: Grid, measure: str) -> dict[str, list[dict[str, float]]]:
    found: dict[str, list[dict[str, float]]] = {}
    figures = grid.figures(measure)
    for x, y in sorted(figures, key=lambda place: grid.down.values.index(place[1])):
        each = figures[x, y]
        second = "" if grid.down is ONE else f"{grid.down.name} {shown(y)}"
        name = ", ".join(part for part in (grid.title, second) if part) or measure
        point = {"x": x, "mean": each.mean, "low": each.interval.low, "high": each.interval.high}
        found.setdefault(name, []).append(point)
    return {name: sorted(points, key=lambda point: point["x"]) for name, points in found.items()}


def _drawn(data: list[dict[str, Any]], names: tuple[str, ...], across: Axis, measure: str) -> Any:
    from simulator.extras import altair

    low, high = min(across.values), max(across.values)
    far = low > 0 and high / low >= _FAR
    scale = altair.Scale(type="log" if far else "linear", zero=False, nice=False, padding=14)
    few: dict[str, Any] = {"values": list(across.values)} if len(across.values) <= 12 else {}
    axis = altair.Axis(grid=False, format="~g", **few)
    x = altair.X("x:Q", title=across.name, scale=scale, axis=axis)
    title = "rate of failures" if measure == FAILURES else measure
    hues = [HUES[place % len(HUES)] for place in range(len(names))]
    legend = altair.Legend(title=None, orient="right", rowPadding=4, symbolOpacity=1) if len(names) > 1 else None
    colour = altair.Color("series:N", sort=names, scale=altair.Scale(domain=names, range=hues), legend=legend)
    chart = altair.Chart(altair.InlineData(values=data))
    band = chart.mark_area(opacity=0.18).encode(x=x, y=altair.Y("low:Q", title=title), y2="high:Q", color=colour)
    line = chart.mark_line(strokeWidth=1.6, point={"size": 34, "filled": True}).encode(
        x=x, y=altair.Y("mean:Q", title=title, axis=altair.Axis(tickCount=6)), color=colour
    )
    return altair.layer(band, line).properties(width=WIDTH, height=HEIGHT)


_LOOKS: dict[str, Any] = {
    "background": None,
    "padding": {"left": 30, "right": 40, "top": 12, "bottom": 12},
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET, "titleColor": INK, "domainColor": STRONG, "tickColor": STRONG, "gridColor": LINE,
        "titleFontWeight": "normal", "labelFontSize": 11, "titleFontSize": 11, "titlePadding": 8,
    },
    "legend": {"labelColor": QUIET, "titleColor": QUIET, "labelFontSize": 11},
}  # fmt: skip
