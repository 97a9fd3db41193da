"""A run with and without its trace."""

from simulator.bench import Scale
from simulator.bench.rows.recording import ROWS


async def test_both_run_the_scenario() -> None:
    (row,) = ROWS
    assert row.baseline is not None
    for side in (row.ours, row.baseline):
        async with side(Scale(1, 0.01)) as take:
            assert (await take()).cpu > 0
