"""Plots of traffic: drawn as pictures when they are shown, so that a notebook keeps them and needs no script."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError, hint
from simulator.printable import printable_lines
from simulator.trace import Exchange, StepBegan, Trace
from simulator.trace.drawing.pictures import BAD, FONT, GROUND, HUES, INK, LINE, QUIET, REFUSED, STRONG, hue, themed
from simulator.trace.drawing.svg import svg

WIDTH = 560
_MOST = 18
"""Bars in one plot; what is smaller is added up."""

BY: dict[str, Callable[[Exchange], str]] = {
    "endpoint": lambda each: each.endpoint,
    "operation": lambda each: each.operation or each.endpoint,
    "step": lambda each: each.step or "outside of steps",
    "sender": lambda each: each.sender,
    "recipient": lambda each: each.to,
    "flow": lambda each: f"{each.sender} → {each.to}",
}
"""What `cost` can add up by."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot. `chart` is Altair's: change it as you like and make a `Plot` of it again."""

    chart: Any
    words: str
    """What one sees: the first line stands below the plot's title, others only where there is no picture."""
    title: str = ""

    @property
    def svg(self) -> str:
        """The picture, for light and dark notebooks."""
        title = {"text": self.title, "subtitle": self.words.partition("\n")[0]} if self.title else None
        spec = {**self.chart.to_dict(validate=False), "config": _config(), **({"title": title} if title else {})}
        return themed(svg(spec))

    def __repr__(self) -> str:
        return printable_lines(f"{self.title}: {self.words}" if self.title else self.words)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}


def timeline(trace: Trace) -> Plot:
    """When each request ran: a row for each pair of providers, a line where each step begins."""
    from simulator.extras import altair

    exchanges = trace.exchanges
    began = min((each.started for each in exchanges), default=0.0)
    rows: list[dict[str, Any]] = [
        {
            "flow": f"{each.sender} → {each.to}",
            "from": 1000 * (each.started - began),
            "to": 1000 * (each.started - began + each.seconds),
            "sender": each.sender,
            "outcome": outcome(each),
        }
        for each in exchanges
    ]
    steps = [
        {"at": 1000 * (each.started - began), "step": each.step_number}
        for each in trace.of(StepBegan)
        if each.started >= began
    ]
    at = altair.X("from:Q", title="milliseconds since the first request", axis=altair.Axis(tickCount=8))
    flow = altair.Y("flow:N", title=None, sort=sorted({row["flow"] for row in rows}))
    colour = altair.Color("sender:N", title="asked by", scale=_providers(trace, {row["sender"] for row in rows}))
    rules = chart_of(steps).mark_rule(color=LINE).encode(x="at:Q")
    numbers = chart_of(_thinned(steps)).mark_text(color=QUIET, fontSize=10, dy=-7).encode(
        x="at:Q", y=altair.value(0), text="step:N"
    )  # fmt: skip
    bars = (
        chart_of(rows).mark_bar(height=9, strokeWidth=1.5).encode(x=at, x2="to:Q", y=flow, color=colour, stroke=colour)
    )
    layers = [rules, numbers, bars]
    for name, mark in (("refused", REFUSED), ("failed", BAD)):
        found = [row for row in rows if row["outcome"] == name]
        if found:
            layers.append(
                chart_of(found)
                .mark_point(shape="triangle-down", color=mark, fill=mark, size=50, yOffset=-10)
                .encode(x="to:Q", y=flow)
            )
    counts = Counter(row["outcome"] for row in rows)
    bad = "".join(f", {counts[name]} {name} (▼)" for name in ("refused", "failed") if counts[name])
    span = max((row["to"] for row in rows), default=0.0)
    said = f"{len(rows)} requests in {span:.0f} ms{bad}; the numbers on top are the steps."
    return Plot(altair.layer(*layers).properties(width=WIDTH, height={"step": 22}), said, "Who asked whom, and when")


def latency(trace: Trace) -> Plot:
    """How long answers took: a dot for each, a bar at the median."""
    from simulator.extras import altair

    times: defaultdict[str, list[float]] = defaultdict(list)
    rows: list[dict[str, Any]] = []
    for each in trace.exchanges:
        spent = max(1000 * each.seconds, 0.01)
        times[each.endpoint].append(spent)
        rows.append({"endpoint": each.endpoint, "ms": spent, "recipient": each.to})
    middles = {endpoint: median(found) for endpoint, found in times.items()}
    order = sorted(middles, key=lambda endpoint: middles[endpoint], reverse=True)
    y = altair.Y("endpoint:N", title=None, sort=order)
    asked = {each.to for each in trace.exchanges}
    ms = altair.X("ms:Q", title="milliseconds until the answer was there", scale=altair.Scale(type="log", nice=True))
    dots = chart_of(rows).mark_circle(size=46, opacity=0.65).encode(
        x=ms, y=y, color=altair.Color("recipient:N", title="asked", scale=_providers(trace, asked))
    )  # fmt: skip
    ticks = (
        chart_of([{"endpoint": endpoint, "ms": middle} for endpoint, middle in middles.items()])
        .mark_tick(color=INK, thickness=2, height=16)
        .encode(x=ms, y=y)
    )
    said = "No requests."
    if order:
        said = f"The bar is the median; the slowest is {order[0]}, with {middles[order[0]]:.1f} ms."
    chart = altair.layer(dots, ticks).properties(width=WIDTH - 60, height={"step": 24})
    return Plot(chart, said, "How long an answer takes")


def cost(trace: Trace, by: str = "endpoint") -> Plot:
    """Bytes in bodies, and how many requests; `by` is one of `BY`. Raises SimulatorError."""
    from simulator.extras import altair

    if by not in BY:
        raise SimulatorError(f'costs can\'t be added up by "{by}", but by {", ".join(BY)}{hint(by, BY)}')
    found: dict[str, list[Exchange]] = {}
    for each in trace.exchanges:
        found.setdefault(BY[by](each), []).append(each)
    sizes = {
        name: (sum(len(each.request) for each in group), sum(len(each.response) for each in group))
        for name, group in found.items()
    }
    largest = sorted(sizes, key=lambda name: sum(sizes[name]), reverse=True)[:_MOST]
    order = [name for name in sizes if name in largest] if by == "step" else largest
    rows = [
        {"name": name, "part": part, "kB": size / 1000, "order": place}
        for name in order
        for place, (part, size) in enumerate(zip(("requests", "answers"), sizes[name], strict=True))
    ]
    counts = [{"name": name, "kB": sum(sizes[name]) / 1000, "n": f"{len(found[name])}"} for name in order]
    y = altair.Y("name:N", title=None, sort=order)
    parts = altair.Scale(domain=["requests", "answers"], range=[HUES[0], HUES[4]])
    bars = chart_of(rows).mark_bar(height=13).encode(
        x=altair.X("kB:Q", title="kilobytes in bodies", axis=altair.Axis(tickCount=8)), y=y,
        color=altair.Color("part:N", title=None, scale=parts), order="order:Q",
    )  # fmt: skip
    labels = chart_of(counts).mark_text(align="left", dx=6, color=QUIET).encode(x="kB:Q", y=y, text="n:N")
    total = sum(map(sum, sizes.values()))
    said = f"{total / 1000:.1f} kB in {len(trace.exchanges)} requests and answers; behind each bar, how many."
    if len(sizes) > len(order):
        rest = sum(sum(size) for name, size in sizes.items() if name not in order)
        said += f" {len(sizes) - len(order)} smaller ones are not shown: {rest / 1000:.1f} kB."
    chart = altair.layer(bars, labels).properties(width=WIDTH - 80, height={"step": 24})
    return Plot(chart, said, f"What it costs, by {by}")


def outcome(exchange: Exchange) -> str:
    """What came of a request, in a word."""
    return "failed" if exchange.status is None else "refused" if exchange.refused else "answered"


def _providers(trace: Trace, present: Iterable[str]) -> Any:
    """A scale with the colour of each provider, the same in all pictures; whoever is not of the topology is grey."""
    from simulator.extras import altair

    names = [provider.name for provider in trace.header.providers]
    here = sorted(present, key=lambda name: (names.index(name) if name in names else len(names), name))
    return altair.Scale(domain=here, range=[hue(names.index(name)) if name in names else STRONG for name in here])


def _thinned(steps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those steps whose numbers can stand beside each other."""
    if not steps:
        return []
    shown: list[dict[str, Any]] = []
    room = (steps[-1]["at"] or 1.0) / 32
    for step in steps:
        if not shown or step["at"] - shown[-1]["at"] >= room:
            shown.append(step)
    return shown


def chart_of(rows: Sequence[dict[str, Any]]) -> Any:
    """An Altair chart of rows, which has nothing in it yet."""
    from simulator.extras import altair

    return altair.Chart(altair.InlineData(values=list(rows)))


def _config() -> dict[str, Any]:
    """The looks of all plots."""
    axis = {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "domainColor": STRONG,
        "tickColor": STRONG,
        "gridColor": LINE,
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "titleFontSize": 11,
        "labelLimit": 0,
        "labelOverlap": "greedy",
        "titlePadding": 8,
    }
    legend = {"labelColor": QUIET, "titleColor": QUIET, "titleFontWeight": "normal", "orient": "top", "labelLimit": 0}
    title = {"color": INK, "subtitleColor": QUIET, "anchor": "start", "frame": "group", "fontSize": 13, "offset": 14}
    return {
        "background": None,
        # Browsers have other fonts than what measures the labels here: hence the padding.
        "padding": {"left": 30, "right": 44, "top": 12, "bottom": 12},
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"domain": False, "ticks": False, "labelPadding": 7},
        "axisXQuantitative": {"grid": True},
        "legend": legend,
        "title": title,
        "range": {"category": list(HUES)},
        "point": {"color": HUES[0], "fill": GROUND},
    }
