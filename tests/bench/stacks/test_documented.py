"""The documented stack answers."""

from simulator.bench.stacks.documented import documented


async def test_over_both_versions() -> None:
    for http2 in (False, True):
        async with documented(http2=http2) as ask:
            await ask()
