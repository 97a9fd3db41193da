"""The start of a few providers."""

from simulator.bench import Scale, measure
from simulator.bench.rows.starting import ROWS, started
from simulator.bench.stacks.fleets import naive, ours


async def test_ours_and_naive_ones() -> None:
    for fleet in (ours, naive):
        async with started(fleet, 2)(Scale(1, 0.01)) as take:
            assert (await take()).value > 0


async def test_a_scenario_s_start() -> None:
    figure = await measure(ROWS[1], Scale(1, 0.01))
    assert (figure.row.id, figure.missing) == ("scenario-start", "")
    assert figure.ours is not None
