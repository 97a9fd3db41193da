"""Tasks one after the other, here."""

import os
from collections.abc import Iterator
from itertools import count

import trio

from simulator.sweep.engines import InProcess, Task
from tests.sweep.engines import functions


async def test_each_in_turn_and_no_sooner_than_wanted() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in count():
            taken.append(number)
            yield Task(str(number), functions.slow_double, number)

    values = []
    async with InProcess() as engine:
        async for outcome in engine.run(tasks()):
            values.append(outcome.value)
            if len(values) == 3:
                break
    assert (values, taken, engine.workers) == ([0, 2, 4], [0, 1, 2], 1)


async def test_it_is_this_process_and_its_scope() -> None:
    async with InProcess() as engine:
        assert [each.value async for each in engine.run([Task("who", functions.process_id)])] == [os.getpid()]
        with trio.move_on_after(0.05) as scope:
            async for _ in engine.run([Task("long", functions.slow_double, 10_000)]):
                raise AssertionError
    assert scope.cancelled_caught
