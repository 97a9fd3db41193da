"""Plots are pictures in two colours, with a sentence that says the same."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from simulator.trace import Recorder, Trace
from simulator.trace.report.plots import THEMES, plots
from tests.trace.report.runs import HEADER, HOSTILE, exchange, forwarded, passing

TITLES = ["Requests over time", "How long an answer takes", "RequestMatch the time went", "Bytes"]


def test_a_run_with_traffic_has_four_plots_each_in_both_colours() -> None:
    drawn = plots([forwarded()])
    assert [each["title"] for each in drawn] == TITLES
    assert drawn[0]["said"] == "4 requests within 1.0 seconds."
    for plot in drawn:
        for name, theme in THEMES.items():
            ElementTree.fromstring(plot[name])
            assert theme.quiet in plot[name]


def test_one_scenario_says_which_steps_took_long_and_several_which_scenarios() -> None:
    steps, scenarios = plots([forwarded()])[2], plots([forwarded(), passing()])[2]
    assert "1 send" in steps["light"]
    assert "malicious/forwarded" not in steps["light"]
    assert "malicious/forwarded" in scenarios["light"]


def test_variants_of_a_scenario_with_a_long_name_have_a_bar_each() -> None:
    traces = [replace(passing(), header=replace(HEADER, scenario=f"{'long/' * 20}[suite={n}]")) for n in range(5)]
    drawn = plots(traces)[2]
    assert drawn["said"] == "The three longest scenarios took 60% of it."
    assert [f"long/[suite={n}]" in drawn["light"] for n in range(5)] == [True] * 5


def test_a_run_without_traffic_has_none() -> None:
    assert plots([]) == []


def test_an_endpoint_is_shown_by_its_beginning_and_is_no_markup() -> None:
    recorder = Recorder()
    recorder.add(exchange(1, endpoint=HOSTILE))
    _, latency, _, sizes = plots([Trace(HEADER, recorder.events)])
    for plot in (latency, sizes):
        assert "<script" not in plot["light"]
        assert "&lt;/script&gt;" in plot["light"]
