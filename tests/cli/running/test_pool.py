"""Side by side, told in order; a worker that dies is a fault and nothing hangs."""

import os
import signal
from pathlib import Path

import pytest
import trio

from simulator.cli.running import pool
from simulator.cli.running.jobs import Job, Ran
from simulator.cli.running.pool import Worker, run_side_by_side
from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, scenario


async def test_told_in_order_until_somebody_has_enough() -> None:
    seen: list[int] = []

    def ended(ran: Ran) -> bool:
        assert ran.result.result is Result.passed
        seen.append(ran.result.seed)
        return ran.result.seed < 3

    one = scenario(TEAM)
    with trio.fail_after(60):
        await run_side_by_side((Job(one, seed) for seed in range(1, 9)), 2, ended)
    assert seen == [1, 2, 3]


async def test_a_worker_that_dies_is_a_fault_and_the_next_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mortal(Worker):
        async def run(self, job: Job) -> Ran:
            if job.seed == 1:
                os.kill(self.pid, signal.SIGKILL)
            return await super().run(job)

    monkeypatch.setattr(pool, "Worker", Mortal)
    results: list[Ran] = []

    def ended(ran: Ran) -> bool:
        results.append(ran)
        return True

    with trio.fail_after(60):
        await run_side_by_side([Job(scenario(TEAM), 1), Job(scenario(TEAM), 2)], 1, ended)
    died, fine = (ran.result for ran in results)
    assert died.setup is not None
    assert (died.result, died.setup.message) == (Result.fault, "the process that ran it was killed by signal 9")
    assert {step.result for step in died.steps} == {Result.not_run}
    assert fine.result is Result.passed


async def test_who_does_not_wait_leaves_no_process_behind() -> None:
    worker = await Worker.start()
    with trio.move_on_after(0.2):
        await worker.run(Job(scenario(TEAM + "  - update_client: {by: bob, group: team}\n" * 1_000), 1))
    await worker.end()
    assert worker.returncode is not None
    assert not Path(f"/proc/{worker.pid}").exists()
