"""A run at a glance."""

from dataclasses import replace

from simulator.notebook.figures.summary import summary
from simulator.trace import Trace
from tests.trace.examples import EXCHANGE, HEADER, trace


def test_verdict_and_flows_are_in_it() -> None:
    refused = replace(EXCHANGE, status=403, refused=True)
    lost = replace(EXCHANGE, status=None, error="gone", endpoint="other")
    found = summary(trace(EXCHANGE, refused, lost))
    for said in ("A second device", "passed", "b.example → a.example", "1 refused", "1 failed"):
        assert said in found
    assert "2 deliver_message, other" in found


def test_without_traffic_there_is_no_table() -> None:
    found = summary(Trace(HEADER, ()))
    assert "unfinished" in found
    assert "<table>" not in found


def test_names_mean_only_themselves() -> None:
    assert "<script>" not in summary(trace(replace(EXCHANGE, sender="<script>")))
