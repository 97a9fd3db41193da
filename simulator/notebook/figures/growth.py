"""How a cost grows with a size: what was measured, beside the law that it should follow."""

from collections.abc import Callable, Iterable, Mapping
from math import log2
from typing import Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError, hint
from simulator.notebook.arguments import checked, expect, shown
from simulator.notebook.errors import saying
from simulator.notebook.figures.plots import Plot, chart_of
from simulator.trace.drawing.pictures import hue

WIDTH, HEIGHT = 480, 260
_STEPS = 60
"""Points of a drawn curve."""

LAWS: dict[str, Callable[[float], float]] = {
    "1": lambda _: 0.0,
    "log n": log2,
    "n": lambda n: n,
    "n log n": lambda n: n * log2(n),
    "n²": lambda n: n * n,
}
"""How something can grow with n: a constant, and a multiple of this."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The curve `base + slope * law(n)` that comes nearest to what was measured: least squares."""

    law: str
    base: float
    slope: float

    def at(self, n: float) -> float:
        """What it says of n."""
        return self.base + self.slope * LAWS[self.law](n)

    def __str__(self) -> str:
        """`221 n - 2.4`: rounded, and without what is nothing or once."""
        base, slope = f"{abs(self.base):.3g}", f"{self.slope:.3g}"
        if self.law == "1":
            return f"{self.base:.3g}"
        grows = self.law if slope == "1" else f"{slope} {self.law}"
        if abs(self.base) < abs(self.slope) / 1000:
            return grows
        return f"{grows} {'-' if self.base < 0 else '+'} {base}"


def fit(points: Iterable[tuple[float, float]], law: str) -> Fit:
    """The best fit of a law. Raises SimulatorError for a law that is not known, or without points."""
    if str(law) not in LAWS:
        raise SimulatorError(f'there is no law "{law}", but {", ".join(LAWS)}{hint(str(law), LAWS)}')
    points = list(points)
    if "log" in law and any(x <= 0 for x, _ in points):
        raise SimulatorError(f'the law "{law}" is one of sizes above 0')
    found = [(LAWS[law](x), y) for x, y in points]
    if not found:
        raise SimulatorError(f'nothing was measured that could follow the law "{law}"')
    mean_x, mean_y = (sum(part) / len(found) for part in zip(*found, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in found)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in found) / spread if spread else 0.0
    return Fit(law, mean_y - slope * mean_x, slope)


@checked("plotting growth")
def growth(
    rows: Any,
    *,
    x: str,
    y: str,
    by: str | None = None,
    laws: Mapping[str, str] | str | None = None,
    titles: tuple[str, str, str] = ("", "", ""),
    log: bool = False,
) -> Plot:
    """Measured values as dots, and as dashed curves the laws that fit them best.

    `rows` is a data frame, or dicts; `x`, `y` and `by` are columns. `laws` says for each value of `by`, or for all,
    which of `LAWS` it should follow; nothing for a plain line. `titles` are those of the plot and of both axes, with
    units; `log` makes both axes logarithmic: powers of n are straight lines there. Raises Refused for an unknown column
    or law.
    """
    with saying("plotting growth", needs="plots"):
        series = _series(rows, x, y, by)
        if [type(each) for each in titles] != [str] * 3:
            raise SimulatorError(f"titles are three texts: of the plot, of x, of y; not {shown(titles)}")
        wanted = {name: laws if isinstance(laws, str) else (laws or {}).get(name) for name in series}
        fits = {name: fit(series[name], law) for name, law in wanted.items() if law is not None}
        unknown = next((name for name in laws if name not in series), None) if isinstance(laws, Mapping) else None
        if unknown is not None:
            raise SimulatorError(f'a law is given for "{unknown}", of which there is no value{hint(unknown, series)}')
    title, x_title, y_title = titles
    named = {name: f"{name}: {fits[name]}".removeprefix(": ") if name in fits else name for name in series}
    drawn = _drawn(series, fits, named, (x_title or x, y_title or y), log=log)
    return Plot(drawn, _said(series, fits, named), title or f"{y} against {x}")


def _series(rows: Any, x: str, y: str, by: str | None) -> dict[str, list[tuple[float, float]]]:
    """The points of each line, by its name, from left to right."""
    found: dict[str, list[tuple[float, float]]] = {}
    for row in _rows(rows):
        for column in (x, y, by):
            if column is not None and column not in row:
                raise SimulatorError(f'there is no column "{column}"{hint(column, row)}')
        if row[x] is not None and row[y] is not None:
            expect(x, row[x], float)
            expect(y, row[y], float)
            found.setdefault("" if by is None else str(row[by]), []).append((row[x], row[y]))
    return {name: sorted(points) for name, points in found.items()}


def _rows(rows: Any) -> list[Mapping[str, Any]]:
    """Raises SimulatorError for what is no data frame and no list of dicts."""
    found = rows.to_dicts() if hasattr(rows, "to_dicts") else rows
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise SimulatorError(f"expected a data frame, or a list of dicts, not {shown(rows)}")
    return found


def _said(series: Mapping[str, list[tuple[float, float]]], fits: Mapping[str, Fit], named: Mapping[str, str]) -> str:
    if len(series) > 1:
        return "\n".join(["Dashed: the law that fits best." if fits else f"{len(series)} lines.", *named.values()])
    if fits:
        return f"Dashed: {', '.join(named.values())}."
    return "".join(f"From {points[0][1]:.4g} to {points[-1][1]:.4g}." for points in series.values())


def _drawn(
    series: Mapping[str, list[tuple[float, float]]],
    fits: Mapping[str, Fit],
    named: Mapping[str, str],
    titles: tuple[str, str],
    *,
    log: bool,
) -> Any:
    from simulator.extras import altair

    colours = altair.Scale(domain=list(named.values()), range=[hue(place) for place in range(len(named))])
    legend = altair.Legend(title=None, orient="right", rowPadding=5) if len(named) > 1 else None
    colour = altair.Color("name:N", scale=colours, legend=legend)
    dots: list[dict[str, Any]] = [
        {"name": named[name], "series": name, "x": x, "y": y} for name, points in series.items() for x, y in points
    ]
    curves = [
        {"name": named[name], "x": x, "y": fits[name].at(x)}
        for name, points in series.items()
        if name in fits
        for x in _between(points[0][0], points[-1][0])
    ]
    scale = altair.Scale(type="log", nice=True) if log else altair.Scale(zero=True, nice=True)
    across = altair.Scale(type="log" if log else "linear", zero=False, nice=False, padding=14)
    sizes = sorted({dot["x"] for dot in dots})
    axis = altair.Axis(values=sizes, grid=False) if len(sizes) <= 8 else altair.Axis(tickCount=8, grid=False)
    at = altair.X("x:Q", title=titles[0], scale=across, axis=axis)
    up = altair.Y("y:Q", title=titles[1], scale=scale, axis=altair.Axis(tickCount=6))
    plain = [dot for dot in dots if dot["series"] not in fits]
    layers = [
        chart_of(curves).mark_line(strokeDash=[5, 4], strokeWidth=1.4, opacity=0.75).encode(x=at, y=up, color=colour),
        chart_of(plain).mark_line(strokeWidth=1.6).encode(x=at, y=up, color=colour),
        chart_of(dots).mark_circle(size=62, opacity=1).encode(x=at, y=up, color=colour),
    ]
    return altair.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def _between(low: float, high: float) -> list[float]:
    """Points from low to high, nearer to each other where they are small: curves look smooth on both kinds of axes."""
    if low <= 0 or low == high:
        return [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]
    return [low * (high / low) ** (step / _STEPS) for step in range(_STEPS + 1)]
