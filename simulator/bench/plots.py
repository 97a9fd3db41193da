"""Pictures of costs that grow. They need the `report` extra."""

from collections.abc import Sequence

from simulator.bench.curves import Curve, Point
from simulator.extras import need
from simulator.trace.drawing.line_plot import PlotPoint, line_plot

FEATURE = "report"


def check_plots() -> None:
    """Raises SimulatorError where what draws them is missing."""
    need(FEATURE)


def draw(curve: Curve, points: Sequence[Point]) -> str:
    """An SVG: medians with the middle half of all samples, over sizes."""
    drawn = [PlotPoint(curve.id, size, each.median, each.low, each.high) for size, each in points]
    return line_plot(drawn, curve.axis, curve.unit, curve.title)
