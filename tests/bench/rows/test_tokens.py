"""Tokens that are issued and checked, and the same key in OpenSSL."""

from simulator.bench import Scale, measure
from simulator.bench.rows.tokens import ROWS


async def test_a_token_is_issued_and_checked() -> None:
    for row in ROWS:
        figure = await measure(row, Scale(1, 0.001))
        assert (figure.missing, figure.ratio is not None and figure.ratio > 0) == ("", True), row.id
