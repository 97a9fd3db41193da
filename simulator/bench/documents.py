"""The figures of a run as JSON and as Markdown."""

import json
import os
import platform
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from simulator.bench.measuring import Figure, Measured
from simulator.bench.wording import words


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
        "obstacle": figure.obstacle or None,
        "spread": {side: _spread(each) for side, each in _sides(figure)},
        "cpu": {side: each.cpu for side, each in _sides(figure)},
        "wall": {side: each.wall for side, each in _sides(figure)},
    }


def _sides(figure: Figure) -> list[tuple[str, Measured]]:
    sides = (("ours", figure.ours), ("baseline", figure.baseline))
    return [(name, each) for name, each in sides if each is not None]


def _spread(measured: Measured) -> list[float]:
    return [measured.low, measured.high]


def to_markdown(figures: Sequence[Figure]) -> str:
    """A table, with the day and the machine below it: ratios outlive a machine, milliseconds do not."""
    head = ("row", "ours", "baseline or limit", "unit", "ratio", "goal", "", "what is measured")
    lines = [_line(head), _line(("---", "--:", "--:", "---", "--:", "--:", "---", "---"))]
    for figure in figures:
        row, said = figure.row, words(figure)
        shown = (f"`{row.id}`", said.ours, said.baseline, row.unit, said.ratio, f"{row.goal:g}", said.met, said.about)
        lines.append(_line(shown))
    return "\n".join((*lines, "", f"{_machine()}.", ""))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _machine() -> str:
    """The day, and what is known of the machine without asking it much."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    cores = os.cpu_count() or 1
    return (
        f"{datetime.now().astimezone().date()}, {cores} core{'s' if cores != 1 else ''} ({platform.machine()}), "
        f"{platform.system()}, {python}"
    )


WRITERS: dict[str, Callable[[Sequence[Figure]], str]] = {".json": to_json, ".md": to_markdown}
