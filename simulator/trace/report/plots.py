"""Plots of a run, as pictures: SVG drawn when the report is written, once for light and once for dark surroundings.

A page shows them as images: whatever a name in them may be, it stays a picture.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import quantiles
from typing import Any

from simulator.dataclass import dataclass
from simulator.trace.drawing.svg import svg
from simulator.trace.report.content import outcome
from simulator.trace.trace import Trace

BINS = 60
"""Into how many spans of time a run is cut."""

WIDTH = 520
LINE = 24
"""How high a line is of a plot that has one for each endpoint."""

LONGEST = 12
"""How many of what took longest are shown."""

# Browsers have other fonts than what measures the labels here: hence the padding on the left.
FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
PARTS = ("#5f84d6", "#3fa89b")
OUTCOMES = ("answered", "refused", "failed")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours."""

    ink: str
    quiet: str
    line: str
    accent: str
    faint: str
    outcomes: tuple[str, str, str]


THEMES = {
    "light": Theme("#1b1f27", "#5a6372", "#e2e5ea", "#2c5fd1", "#b9cbf3", ("#7f9fe6", "#d99a2b", "#c9303f")),
    "dark": Theme("#e7eaf0", "#9aa4b3", "#2b313b", "#83a8ff", "#34497b", ("#5f84d6", "#dba94a", "#f2747f")),
}


def plots(traces: Sequence[Trace]) -> list[dict[str, Any]]:
    """The pictures: `title`, `said` (the same in a sentence), `light` and `dark` (SVG). None without exchanges."""
    if not any(trace.exchanges for trace in traces):
        return []
    drawn = (_timeline(traces), _latency(traces), _longest(traces), _sizes(traces))
    return [
        {"title": title, "said": said, **{name: _svg(chart, theme) for name, theme in THEMES.items()}}
        for title, said, chart in drawn
    ]


def _timeline(traces: Sequence[Trace]) -> tuple[str, str, Any]:
    from simulator.extras import altair

    found = [(each.started, outcome(each)) for trace in traces for each in trace.exchanges]
    began = min(when for when, _ in found)
    span = max(when for when, _ in found) - began or 1.0
    counts = Counter((min(int((when - began) / span * BINS), BINS - 1), how) for when, how in found)
    rows = [
        {"from": at * span / BINS, "to": (at + 1) * span / BINS, "outcome": how, "order": OUTCOMES.index(how), "n": n}
        for (at, how), n in sorted(counts.items())
    ]
    chart = (
        _chart(rows)
        .mark_bar(binSpacing=1)
        .encode(
            x=altair.X("from:Q", bin="binned", title="seconds into the run"),
            x2="to:Q",
            y=altair.Y("sum(n):Q", title="requests"),
            color=altair.Color("outcome:N", title=None, sort=OUTCOMES, scale=altair.Scale(domain=OUTCOMES)),
            order="order:Q",
        )
        .properties(
            width=WIDTH - 40, height=max(170, LINE * len({_short(e.endpoint) for t in traces for e in t.exchanges}))
        )
    )
    return "Requests over time", f"{len(found):,} requests within {span:.1f} seconds.", chart


def _latency(traces: Sequence[Trace]) -> tuple[str, str, Any]:
    from simulator.extras import altair

    times: defaultdict[str, list[float]] = defaultdict(list)
    for trace in traces:
        for each in trace.exchanges:
            times[_short(each.endpoint)].append(max(1000 * each.seconds, 0.01))
    rows = [{"endpoint": endpoint} | _spread(found) for endpoint, found in sorted(times.items())]
    rows.sort(key=lambda row: row["median"], reverse=True)
    order = [str(row["endpoint"]) for row in rows]
    base = _chart(rows).encode(y=altair.Y("endpoint:N", title=None, sort=order))
    scale = altair.Scale(type="log", nice=True)
    chart = altair.layer(
        base.mark_rule(strokeWidth=1.5).encode(
            x=altair.X("low:Q", scale=scale, title="milliseconds: 5 %, quarters, median, 95 %; the dot is the slowest"),
            x2="high:Q",
        ),
        base.mark_bar(height=10, cornerRadius=2).encode(x=altair.X("lower:Q", scale=scale), x2="upper:Q"),
        base.mark_tick(thickness=2, height=14).encode(x=altair.X("median:Q", scale=scale)),
        base.mark_point(size=14, filled=True).encode(x=altair.X("slowest:Q", scale=scale)),
    ).properties(width=WIDTH - 130, height={"step": LINE})
    said = f"The slowest endpoint is {rows[0]['endpoint']}, with {rows[0]['median']:.1f} ms in the middle."
    return "How long an answer takes", said, chart


def _longest(traces: Sequence[Trace]) -> tuple[str, str, Any]:
    """The scenarios that took longest, or the steps where there is one scenario."""
    from simulator.extras import altair

    if len(traces) == 1:
        noun, times = "step", {step.label: step.ended.seconds for step in traces[0].steps if step.ended}
    else:
        noun, times = "scenario", {trace.id: trace.end.seconds for trace in traces if trace.end}
    longest = sorted(times.items(), key=lambda item: -item[1])[:LONGEST]
    names = [_middle(name.removeprefix("scenarios/")) for name, _ in longest]
    rows = [{"name": name, "seconds": seconds} for name, (_, seconds) in zip(names, longest, strict=True)]
    chart = (
        _chart(rows)
        .mark_bar(height=12, cornerRadiusEnd=2)
        .encode(
            x=altair.X("seconds:Q", title="seconds"),
            y=altair.Y("name:N", title=None, sort=names),
        )
        .properties(width=WIDTH - 190, height={"step": LINE})
    )
    share = sum(seconds for _, seconds in longest[:3]) / (sum(times.values()) or 1)
    said = f"The three longest {noun}s took {share:.0%} of it." if len(times) > 3 else f"What each {noun} took."
    return "RequestMatch the time went", said, chart


def _sizes(traces: Sequence[Trace]) -> tuple[str, str, Any]:
    from simulator.extras import altair

    sizes: Counter[tuple[str, str]] = Counter()
    for trace in traces:
        for each in trace.exchanges:
            sizes[_short(each.endpoint), "requests"] += len(each.request)
            sizes[_short(each.endpoint), "answers"] += len(each.response)
    rows = [{"endpoint": endpoint, "part": part, "kB": size / 1000} for (endpoint, part), size in sorted(sizes.items())]
    together: Counter[str] = Counter()
    for (endpoint, _), size in sorted(sizes.items()):
        together[endpoint] += size
    parts = ("requests", "answers")
    chart = (
        _chart(rows)
        .mark_bar(height=12, cornerRadiusEnd=2)
        .encode(
            x=altair.X("sum(kB):Q", title="kilobytes in bodies"),
            y=altair.Y("endpoint:N", title=None, sort=[endpoint for endpoint, _ in together.most_common()]),
            color=altair.Color(
                "part:N", title=None, sort=parts, scale=altair.Scale(domain=parts, range=["#5f84d6", "#3fa89b"])
            ),
        )
        .properties(width=WIDTH - 130, height={"step": LINE})
    )
    return "Bytes", f"{sum(sizes.values()) / 1000:,.0f} kB in bodies of requests and answers.", chart


def _chart(rows: list[dict[str, Any]]) -> Any:
    from simulator.extras import altair

    return altair.Chart(altair.InlineData(values=rows))


def _spread(found: list[float]) -> dict[str, float]:
    cuts = quantiles(found, n=20, method="inclusive") if len(found) > 1 else found * 19
    names = {"low": 0, "lower": 4, "median": 9, "upper": 14, "high": 18}
    return {name: cuts[place] for name, place in names.items()} | {"slowest": max(found)}


def _short(endpoint: str) -> str:
    return endpoint if len(endpoint) <= 30 else endpoint[:29] + "…"


def _middle(scenario: str) -> str:
    """Without its middle where it is long: variants of a scenario differ in their ends."""
    return scenario if len(scenario) <= 34 else f"{scenario[:10]}…{scenario[-23:]}"


def _svg(chart: Any, theme: Theme) -> str:
    axis = {
        "labelColor": theme.quiet,
        "titleColor": theme.quiet,
        "domainColor": theme.line,
        "tickColor": theme.line,
        "gridColor": theme.line,
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "titleFontSize": 11,
        "labelLimit": 0,
        "titlePadding": 8,
    }
    config = {
        "background": None,
        "padding": {"left": 30, "right": 8, "top": 4, "bottom": 4},
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"domain": False, "ticks": False},
        "legend": {"labelColor": theme.quiet, "orient": "top", "symbolType": "square", "labelFontSize": 11},
        "range": {"category": list(theme.outcomes)},
        "bar": {"color": theme.faint},
        "rule": {"color": theme.accent},
        "tick": {"color": theme.accent},
        "point": {"color": theme.quiet},
    }
    return svg({**chart.to_dict(validate=False), "config": config})
