"""An engine with workers: what its block raises comes out as it is, and its workers end with it."""

from collections.abc import Iterator

import pytest
import trio
import trio.testing

from simulator.sweep.engines import Task
from simulator.sweep.engines.performing import perform
from simulator.sweep.engines.worker_engine import WorkerEngine
from tests.sweep.engines import functions


class Here(WorkerEngine):
    """A worker in this process."""

    workers = 1
    ended = 0

    def start(self, nursery: trio.Nursery) -> None:
        nursery.start_soon(self._work)

    async def _work(self) -> None:
        try:
            while True:
                assignment = await self.dispatcher.take()
                assignment.run.ended(await perform(assignment.task))
        finally:
            self.ended += 1


async def test_one_run_after_the_other() -> None:
    async with Here(2) as engine:
        for _ in range(2):
            run = engine.run(Task(str(number), functions.double, number) for number in range(5))
            assert [each.value async for each in run] == [0, 2, 4, 6, 8]
    assert engine.ended == 1


async def test_no_more_are_out_for_each_worker_than_wanted() -> None:
    made: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(9):
            made.append(number)
            yield Task(str(number), functions.double, number)

    async with Here(8) as engine:
        run = engine.run(tasks(), per_worker=2)
        for ended in range(6):
            await trio.testing.wait_all_tasks_blocked()
            assert len(made) == ended + 2 * engine.workers
            await anext(run)


async def test_what_its_block_raises_comes_out_as_it_is() -> None:
    engine = Here(2)

    async def stop_at_the_first() -> None:
        async with engine:
            async for _ in engine.run([Task("one", functions.double, 1), Task("long", functions.slow_double, 10_000)]):
                raise KeyError

    with pytest.raises(KeyError):
        await stop_at_the_first()
    assert engine.ended == 1


async def test_whoever_is_cancelled_ends_it() -> None:
    engine = Here(2)
    with trio.move_on_after(0.05) as scope:
        async with engine:
            await anext(engine.run([Task("long", functions.slow_double, 10_000)]))
    assert scope.cancelled_caught
    assert engine.ended == 1
