"""Messages in several groups at once, in one process and in two."""

from simulator.bench import Scale
from simulator.bench.rows.processes import at_once


async def test_messages_at_once() -> None:
    for processes in (1, 2):
        async with at_once(4, 2, processes)(Scale(1, 0.01)) as take:
            assert (await take()).value > 0
