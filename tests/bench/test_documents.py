"""Figures as JSON."""

import json

from simulator.bench.documents import to_json
from simulator.bench.measuring import Figure, Measured
from simulator.bench.rows import ROWS


def test_each_row_says_what_it_has_come_to() -> None:
    compared, limited = ROWS[0], next(row for row in ROWS if row.limit is not None)
    ours, baseline = Measured(2, 1, 3, 0.1, 0.2), Measured(6, 5, 7, 0.3, 0.4)
    figures = (Figure(compared, ours, baseline), Figure(limited, ours), Figure(compared, missing="why"))
    first, second, third = json.loads(to_json(figures))["rows"]
    assert first["id"] == compared.id
    assert (first["ours"], first["baseline"], first["limit"], first["ratio"]) == (2, 6, None, 3)
    assert (first["unit"], first["goal"], first["met"]) == (compared.unit, compared.goal, compared.goal <= 3)
    assert first["spread"] == {"ours": [1, 3], "baseline": [5, 7]}
    assert first["cpu"] == {"ours": 0.1, "baseline": 0.3}
    assert (second["baseline"], second["limit"], second["ratio"]) == (None, limited.limit, limited.limit / 2)
    assert (third["ours"], third["ratio"], third["met"], third["missing"]) == (None, None, None, "why")
