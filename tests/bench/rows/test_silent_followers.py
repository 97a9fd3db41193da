"""Followers that never answer beside others that do."""

import trio

from simulator.bench.rows.silent_followers import FOLLOWERS, SILENT, delivered, with_silent
from simulator.bench.samples import Scale


async def test_the_others_have_the_message() -> None:
    async with with_silent(silent=True) as (group, arrivals):
        assert len(arrivals.names) == FOLLOWERS - len(SILENT)
        with trio.fail_after(group.session.provider("a").settings.client_limits.seconds):
            await arrivals.of(group)


async def test_a_sample_is_the_time_of_a_message() -> None:
    async with delivered(silent=False)(Scale(1, 0.01)) as take:
        sample = await take()
        assert 0 < sample.value <= sample.wall * 1000
