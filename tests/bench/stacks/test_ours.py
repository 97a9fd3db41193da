"""Our stack answers."""

from simulator.bench.stacks.ours import ours


async def test_over_both_versions_and_with_large_bodies() -> None:
    for options in ({}, {"http2": True}, {"size": 100_000}):
        async with ours(**options) as ask:
            await ask()
