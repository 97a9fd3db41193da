import time

import trio

from simulator.bench.longest_step import longest_step


async def test_the_longest_step_of_any_task_counts() -> None:
    with longest_step() as steps:
        await trio.lowlevel.checkpoint()
        began = time.thread_time()
        while time.thread_time() - began < 0.02:
            pass
        await trio.lowlevel.checkpoint()
    assert 0.02 <= steps.longest < 1
