"""Plots: what they are made of, and that they are pictures."""

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from simulator.errors import SimulatorError
from simulator.notebook.figures import plots
from simulator.trace import Trace
from simulator.trace.drawing.pictures import HUES
from tests.notebook.recorded import attack
from tests.trace.examples import EXCHANGE, HEADER, trace


def rows(plot: plots.Plot, layer: int) -> list[dict[str, Any]]:
    spec = plot.chart.to_dict()
    data = spec["layer"][layer]["data"]
    values: list[dict[str, Any]] = data["values"] if "values" in data else spec["datasets"][data["name"]]
    return values


def texts(plot: plots.Plot) -> set[str]:
    found = ElementTree.fromstring(plot.svg).iter("{http://www.w3.org/2000/svg}text")
    return {"".join(each.itertext()) for each in found}


def test_the_timeline_has_a_bar_for_each_request() -> None:
    plot = plots.timeline(attack().trace)
    exchanges = attack().trace.exchanges
    bars = rows(plot, 2)
    assert len(bars) == len(exchanges)
    assert min(bar["from"] for bar in bars) == 0
    assert "1 refused" in plot.words
    assert [row["flow"] for row in rows(plot, 3)] == ["m.example → c.example"]
    assert {"a.example → c.example", "milliseconds since the first request"} <= texts(plot)


def test_a_provider_has_its_colour_in_every_picture() -> None:
    plot = plots.timeline(trace(EXCHANGE, replace(EXCHANGE, sender="elsewhere")))
    scale = plot.chart.to_dict()["layer"][2]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["b.example", "elsewhere"]
    assert scale["range"][0] == HUES[1]


def test_latency_has_the_median_of_each_endpoint() -> None:
    plot = plots.latency(trace(*(replace(EXCHANGE, seconds=seconds) for seconds in (0.1, 0.2, 0.9))))
    assert [dot["ms"] for dot in rows(plot, 0)] == [100, 200, 900]
    assert rows(plot, 1) == [{"endpoint": "deliver_message", "ms": 200}]
    assert "deliver_message, with 200.0 ms" in plot.words


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("endpoint", ["deliver_message"]),
        ("step", ["1 send"]),
        ("flow", ["b.example → a.example", "a.example → b.example"]),
        ("recipient", ["a.example", "b.example"]),
    ],
)
def test_costs_are_added_up(by: str, names: list[str]) -> None:
    other = replace(EXCHANGE, sender="a.example", provider="b.example", request=b"x")
    plot = plots.cost(trace(EXCHANGE, EXCHANGE, other), by)
    bars = rows(plot, 0)
    assert list(dict.fromkeys(bar["name"] for bar in bars)) == names
    whole = 2 * len(EXCHANGE.request) + 1 + 3 * len(EXCHANGE.response)
    assert sum(bar["kB"] for bar in bars) == pytest.approx(whole / 1000)


def test_costs_by_something_else_are_refused() -> None:
    with pytest.raises(SimulatorError, match=r"can't be added up by \"sendr\".*sender"):
        plots.cost(trace(EXCHANGE), "sendr")


def test_many_small_costs_are_said_and_not_drawn() -> None:
    each = [replace(EXCHANGE, endpoint=f"endpoint{number}", request=bytes(number)) for number in range(30)]
    plot = plots.cost(trace(*each))
    assert len({bar["name"] for bar in rows(plot, 0)}) == 18
    assert "12 smaller ones" in plot.words


@pytest.mark.parametrize("draw", [plots.timeline, plots.latency, plots.cost])
def test_a_plot_is_a_picture_with_words(draw: Any) -> None:
    for drawn in (trace(EXCHANGE), Trace(HEADER, ())):
        plot = draw(drawn)
        bundle = plot._repr_mimebundle_()
        assert set(bundle) == {"image/svg+xml", "text/plain"}
        assert ElementTree.fromstring(bundle["image/svg+xml"]).get("class") == "mimi-picture"
        assert bundle["text/plain"] == f"{plot.title}: {plot.words}"
