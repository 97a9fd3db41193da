"""A run at a glance."""

from dataclasses import replace

from simulator.notebook.summary import summary
from tests.trace.examples import EXCHANGE, trace


def test_verdict_and_flows_are_in_it() -> None:
    refused = replace(EXCHANGE, status=403)
    lost = replace(EXCHANGE, status=None, error="gone", endpoint="other")
    found = summary(trace(EXCHANGE, refused, lost))
    for said in (
        "A second device",
        "passed",
        "b.example → a.example",
        "1 refused",
        "1 failed",
        "2 deliver_message, other",
    ):
        assert said in found


def test_names_mean_only_themselves() -> None:
    assert "<script>" not in summary(trace(replace(EXCHANGE, sender="<script>")))
