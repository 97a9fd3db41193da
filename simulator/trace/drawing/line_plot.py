"""Figures over a number as lines, each with the band around it in which it may be."""

from collections.abc import Sequence
from typing import Any

from simulator.dataclass import dataclass
from simulator.trace.drawing.pictures import FONT, HUES, INK, LINE, QUIET, STRONG, themed
from simulator.trace.drawing.svg import svg

WIDTH, HEIGHT = 520, 260
_FAR = 20
"""An axis whose largest value is so many times the smallest is logarithmic."""
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """A figure at `x`, which is likely to be between `low` and `high`, on the line `series`."""

    series: str
    x: float
    middle: float
    low: float
    high: float


def line_plot(points: Sequence[PlotPoint], across: str, up: str, title: str = "") -> str:
    """The picture as SVG, light and dark, with a line for each series in the order in which they come. `across` and
    `up` are what the axes say. Raises SimulatorError where what draws it is missing.
    """
    data = [
        {"series": each.series, "x": each.x, "middle": each.middle, "low": each.low, "high": each.high}
        for each in points
    ]
    names = tuple(dict.fromkeys(each.series for each in points))
    places = tuple(dict.fromkeys(each.x for each in points))
    chart = _chart(data, names, places, across, up).to_dict(validate=False)
    heading = {"title": {"text": title, "color": INK, "fontSize": 13}} if title else {}
    return themed(svg({**chart, **heading, "config": _LOOKS}))


def _chart(data: list[dict[str, Any]], names: tuple[str, ...], places: tuple[float, ...], across: str, up: str) -> Any:
    from simulator.extras import altair

    low, high = min(places), max(places)
    far = low > 0 and high / low >= _FAR
    scale = altair.Scale(type="log" if far else "linear", zero=False, nice=False, padding=14)
    few: dict[str, Any] = {"values": list(places)} if len(places) <= _MOST_TICKS else {}
    x = altair.X("x:Q", title=across, scale=scale, axis=altair.Axis(grid=False, format=",.6~g", **few))
    hues = [HUES[place % len(HUES)] for place in range(len(names))]
    legend = altair.Legend(title=None, orient="right", rowPadding=4, symbolOpacity=1) if len(names) > 1 else None
    colour = altair.Color("series:N", sort=names, scale=altair.Scale(domain=names, range=hues), legend=legend)
    chart = altair.Chart(altair.InlineData(values=data))
    band = chart.mark_area(opacity=0.18).encode(x=x, y=altair.Y("low:Q", title=up), y2="high:Q", color=colour)
    line = chart.mark_line(strokeWidth=1.6, point={"size": 34, "filled": True}).encode(
        x=x, y=altair.Y("middle:Q", title=up, axis=altair.Axis(tickCount=6)), color=colour
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
