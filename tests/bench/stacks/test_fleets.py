"""Fleets of idle servers."""

from simulator.bench.stacks.fleets import naive, ours


async def test_they_are_up_and_end() -> None:
    for fleet in (ours, naive):
        async with fleet(2):
            pass
