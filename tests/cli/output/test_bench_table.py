"""Figures of the benchmark as people read them."""

import io
from dataclasses import replace

from rich.console import Console

from simulator.bench import Figure, Obstacle, Row
from simulator.bench.measuring import Measured
from simulator.bench.rows import ROWS
from simulator.cli.output.bench_table import line, render, summary

OURS, BASELINE = Measured(2000, 1, 3, 0, 0), Measured(6000, 5, 7, 0, 0)
GOOD = Figure(ROWS[0], OURS, BASELINE)
MISSED = Figure(replace(ROWS[0], goal=4, obstacle=Obstacle("It is slow", "tests/slow.py")), OURS, BASELINE)
MISSING = Figure(ROWS[0], missing="no uvloop")
LIMIT = Figure(Row(id="limit", work="it takes long", unit="s", ours=ROWS[0].ours, limit=1000), OURS)


def test_a_line_per_row() -> None:
    assert line(GOOD).plain.split() == ["request-bare-1", "2,000", "6,000", "ms", "x3.00", "goal", "2.5:", "met"]
    assert line(LIMIT).plain.endswith("x0.50    goal 1: not met")
    assert line(MISSED).plain.endswith("goal 4: not met: It is slow (tests/slow.py)")
    assert line(MISSING).plain.endswith("not measured: no uvloop")


def test_a_table_says_what_was_compared_with_what() -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(render((GOOD, LIMIT, MISSING)))
    shown = console.export_text()
    assert "hypercorn + httpx as documented" in shown
    assert "it takes long; at most 1000 s" in shown
    assert "no uvloop" in shown


def test_a_summary_counts() -> None:
    assert summary((GOOD, LIMIT, MISSING)) == "3 rows: 1 met, 1 not met, 1 not measured"
    assert summary((GOOD,)) == "1 row: 1 met, 0 not met, 0 not measured"
