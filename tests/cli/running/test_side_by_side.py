"""Side by side, told in order; a worker that dies is a fault and nothing hangs."""

import signal
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import trio

from simulator.cli.running.jobs import Job, Ran
from simulator.cli.running.side_by_side import run_side_by_side
from simulator.scenario import Result
from simulator.scenario.running.tracing import Keep
from simulator.sweep.engines import InProcess, Outcome, Task
from simulator.sweep.engines.performing import perform
from simulator.sweep.engines.worker_engine import WorkerEngine
from tests.scenario.small_scenarios import TEAM, scenario
from tests.sweep.engines import functions


class Backwards(WorkerEngine):
    """Two workers in this process; the first task ends last, and those of one seed kill whoever runs them."""

    workers = 2

    def __init__(self, deadly: int = 0) -> None:
        super().__init__(4)
        self.deadly = deadly
        self.second = trio.Event()

    def start(self, nursery: trio.Nursery) -> None:
        nursery.start_soon(self._work)
        nursery.start_soon(self._work)

    async def _work(self) -> None:
        while True:
            assignment = await self.dispatcher.take()
            if assignment.task.payload.seed == self.deadly:
                self.second.set()
                assignment.run.died(assignment, f"was killed by signal {signal.SIGKILL}")
                continue
            outcome = await perform(assignment.task, assignment.attempt)
            if outcome.key == "0":
                await self.second.wait()
            self.second.set()
            assignment.run.ended(outcome)


async def test_told_in_order_until_somebody_has_enough() -> None:
    seen: list[int] = []

    def ended(ran: Ran) -> bool:
        assert ran.result.result is Result.passed
        seen.append(ran.result.seed)
        return ran.result.seed < 3

    one = scenario(TEAM)
    with trio.fail_after(60):
        async with Backwards() as engine:
            await run_side_by_side(engine, (Job(one, seed) for seed in range(1, 9)), ended)
    assert seen == [1, 2, 3]


async def test_a_worker_that_dies_is_a_fault_and_the_next_takes_its_place(tmp_path: Path) -> None:
    results: list[Ran] = []

    def ended(ran: Ran) -> bool:
        results.append(ran)
        return True

    with trio.fail_after(60):
        async with Backwards(deadly=2) as engine:
            jobs = [Job(scenario(TEAM), 1), Job(scenario(TEAM), 2), Job(scenario(TEAM), 2, Keep(tmp_path))]
            await run_side_by_side(engine, jobs, ended)
    fine, died, kept = (ran.result for ran in results)
    assert fine.result is Result.passed
    assert died.setup is not None
    said = "the process that ran it was killed by signal 9"
    assert (died.result, died.setup.message) == (Result.fault, f"{said}; 2 processes died of it")
    assert {step.result for step in died.steps} == {Result.not_run}
    assert kept.setup is not None
    assert kept.setup.message == said, "it is not run again: its trace has begun"


class Breaks(InProcess):
    """Its function raises."""

    async def run(self, tasks: Iterable[Task], *, at_most: int | None = None) -> AsyncIterator[Outcome]:
        for task in tasks:
            yield await perform(Task(task.key, functions.break_down, "x"))


async def test_what_breaks_instead_of_telling_is_a_fault_with_its_traceback() -> None:
    results: list[Ran] = []
    async with Breaks() as engine:
        await run_side_by_side(engine, [Job(scenario(TEAM), 1)], lambda ran: results.append(ran) is None)
    (broken,) = results
    assert broken.result.setup is not None
    assert (broken.result.result, broken.result.setup.message) == (Result.fault, "KeyError: 'x'")
    assert "in break_down" in str(broken.result.setup.error)
