"""The shipped scenario as a process of its own: its seconds and its memory, of one run."""

from simulator.bench.large_federations import grown, megabytes, seconds
from simulator.bench.samples import Scale


async def test_time_and_memory_are_of_the_same_run() -> None:
    samples = []
    for value in (seconds, megabytes):
        async with grown(value)(30)(Scale(1, 0.1)) as take:
            samples.append(await take())
    first, second = samples
    assert (first.cpu, first.wall) == (second.cpu, second.wall)
    assert 0.2 < first.value == first.wall
    assert 50 < second.value < 2000


async def test_memory_is_not_that_of_who_measures_it() -> None:
    """As it would be by `getrusage`, which a process begins with what its parent had."""
    here = bytearray(b"x" * 400_000_000)
    async with grown(megabytes)(33)(Scale(1, 0.1)) as take:
        assert (await take()).value < 300
    assert here
