"""A bare request through each stack."""

import pytest

from simulator.bench import Scale, measure
from simulator.bench.rows.requests import ROWS


@pytest.mark.parametrize("name", ["request-bare-10", "request-peer-1", "request-best-10", "request-h2-1"])
async def test_both_sides_answer(name: str) -> None:
    (row,) = (row for row in ROWS if row.id == name)
    figure = await measure(row, Scale(1, 0.02))
    assert (figure.missing, figure.ratio is not None and figure.ratio > 0) == ("", True)
