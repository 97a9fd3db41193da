"""Plots are pictures in two colours, with a sentence that says the same."""

import xml.etree.ElementTree as ElementTree

from simulator.trace import Recorder, Trace
from simulator.trace.report.plots import THEMES, plots
from tests.trace.report.runs import HEADER, HOSTILE, exchange, forwarded


def test_a_run_with_traffic_has_three_plots_each_in_both_colours() -> None:
    drawn = plots([forwarded()])
    assert [each["title"] for each in drawn] == ["Requests over time", "How long an answer takes", "Bytes"]
    assert drawn[0]["said"] == "4 requests within 1.0 seconds."
    for plot in drawn:
        for name, theme in THEMES.items():
            ElementTree.fromstring(plot[name])
            assert theme.quiet in plot[name]


def test_a_run_without_traffic_has_none() -> None:
    assert plots([]) == []


def test_an_endpoint_is_shown_by_its_beginning_and_is_no_markup() -> None:
    recorder = Recorder()
    recorder.add(exchange(1, endpoint=HOSTILE))
    for plot in plots([Trace(HEADER, recorder.events)])[1:]:
        assert "<script" not in plot["light"]
        assert "&lt;/script&gt;" in plot["light"]
