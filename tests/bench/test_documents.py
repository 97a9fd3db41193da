"""Figures as JSON and as Markdown."""

import json
import platform
from dataclasses import replace

from simulator.bench.documents import to_json, to_markdown
from simulator.bench.measuring import Figure, Measured
from simulator.bench.row import Obstacle
from simulator.bench.rows import ROWS

OURS, BASELINE = Measured(2, 1, 3, 0.1, 0.2), Measured(6, 5, 7, 0.3, 0.4)


def test_each_row_says_what_it_has_come_to() -> None:
    compared, limited = ROWS[0], next(row for row in ROWS if row.limit is not None)
    figures = (Figure(compared, OURS, BASELINE), Figure(limited, OURS), Figure(compared, missing="why"))
    first, second, third = json.loads(to_json(figures))["rows"]
    assert first["id"] == compared.id
    assert (first["ours"], first["baseline"], first["limit"], first["ratio"]) == (2, 6, None, 3)
    assert (first["unit"], first["goal"], first["met"]) == (compared.unit, compared.goal, compared.goal <= 3)
    assert first["spread"] == {"ours": [1, 3], "baseline": [5, 7]}
    assert first["cpu"] == {"ours": 0.1, "baseline": 0.3}
    assert (second["baseline"], second["limit"], second["ratio"]) == (None, limited.limit, limited.limit / 2)
    assert (third["ours"], third["ratio"], third["met"], third["missing"]) == (None, None, None, "why")


def test_a_table_with_the_machine_below_it() -> None:
    row = replace(
        ROWS[0], goal=2.5, obstacle=Obstacle("The library|parser is slow", "tests/benchmarks/denied/parser.py")
    )
    met, missed = Figure(row, OURS, BASELINE), Figure(replace(row, goal=4), OURS, BASELINE)
    head, rule, first, second, _, below, end = to_markdown((met, missed)).split("\n")
    assert head.startswith("| row | ours |")
    assert set(rule) == set("| -:")
    assert first.startswith(f"| `{row.id}` | 2 | 6 | ms | 3.00 | 2.5 | met | {row.work}; {row.against} |")
    assert second.endswith(". Not met: The library&#124;parser is slow (tests/benchmarks/denied/parser.py) |")
    assert platform.python_version() in below
    assert end == ""
