"""The figures of a run as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from simulator.bench.measuring import Figure, Measured


def to_json(figures: Sequence[Figure]) -> str:
    """`{"rows": [{"id", "ours", "baseline", "unit", "ratio", "goal", "met", ...}]}`. `ours` and `baseline` are medians
    in `unit`, where less is better; `baseline` is null where there is a `limit` instead. What could not be measured has
    null for all of them, and `missing` says why.
    """
    return json.dumps({"rows": [_row(figure) for figure in figures]}, indent=2) + "\n"


def _row(figure: Figure) -> dict[str, Any]:
    row = figure.row
    return {
        "id": row.id,
        "work": row.work,
        "against": row.against,
        "unit": row.unit,
        "ours": None if figure.ours is None else figure.ours.median,
        "baseline": None if figure.baseline is None else figure.baseline.median,
        "limit": row.limit,
        "ratio": figure.ratio,
        "goal": row.goal,
        "met": figure.met,
        "missing": figure.missing or None,
        "spread": {side: _spread(each) for side, each in _sides(figure)},
        "cpu": {side: each.cpu for side, each in _sides(figure)},
        "wall": {side: each.wall for side, each in _sides(figure)},
    }


def _sides(figure: Figure) -> list[tuple[str, Measured]]:
    sides = (("ours", figure.ours), ("baseline", figure.baseline))
    return [(name, each) for name, each in sides if each is not None]


def _spread(measured: Measured) -> list[float]:
    return [measured.low, measured.high]
