"""What is said of a campaign."""

import json
from pathlib import Path

import pytest

from simulator.cli.output.fuzz_lines import outcome_lines, show_outcomes

ROWS = [
    {
        "target": "wires",
        "cases": 5,
        "cpu_seconds": 2.0,
        "findings": 1,
        "left": 0,
        "outcomes": '{"h2": {"400": 3, "200": 2}}',
    },
    {"target": "wires", "cases": 5, "cpu_seconds": 0.5, "findings": 0, "left": 0, "outcomes": '{"h2": {"400": 5}}'},
    {"target": "groups", "cases": None, "cpu_seconds": 0.5, "findings": None, "left": None, "outcomes": None},
]


def test_targets_with_their_outcomes() -> None:
    assert list(outcome_lines(ROWS)) == [
        "wires: 10 cases, 4 a processor second, 1 findings",
        "        8 400",
        "        2 200",
    ]


def test_cases_that_were_not_run_are_counted() -> None:
    lines = list(outcome_lines([{**ROWS[0], "left": 90}, {**ROWS[1], "left": 5}]))
    assert lines[1].startswith("       95 cases not run: a batch ends after 20 findings")


def test_many_outcomes_are_counted() -> None:
    many = {"x": {f"label {number}": 1 for number in range(20)}}
    rows = [{**ROWS[0], "outcomes": json.dumps(many)}]
    assert list(outcome_lines(rows))[-1].strip() == "and 8 others"


def test_findings_are_said_with_how_to_send_them_again(capsys: pytest.CaptureFixture[str]) -> None:
    show_outcomes(ROWS, [Path("out/findings/x.json")])
    assert capsys.readouterr().out.splitlines()[-1] == "finding: mimi-sim fuzz --replay out/findings/x.json"
