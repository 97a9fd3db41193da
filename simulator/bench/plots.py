"""Pictures of costs that grow. They need the `report` extra."""

from collections.abc import Sequence

from simulator.bench.curves import Curve, Point
from simulator.extras import need
from simulator.trace.drawing.svg import svg

FEATURE = "report"


def check_plots() -> None:
    """Raises SimulatorError where what draws them is missing."""
    need(FEATURE)


def draw(curve: Curve, points: Sequence[Point]) -> str:
    """An SVG: medians with the middle half of all samples, over sizes on a logarithmic axis."""
    from simulator.extras import altair

    data = [{"size": size, "median": each.median, "low": each.low, "high": each.high} for size, each in points]
    x = altair.X("size:Q", title=curve.axis, scale=altair.Scale(type="log"))
    chart = altair.Chart(altair.InlineData(values=data), title=curve.title, width=420, height=260)
    band = chart.mark_area(opacity=0.25).encode(x=x, y="low:Q", y2="high:Q")
    line = chart.mark_line(point=True).encode(x=x, y=altair.Y("median:Q", title=curve.unit))
    return svg((band + line).to_dict())
