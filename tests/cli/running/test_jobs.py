"""Jobs in rounds, and what is seen of one."""

from itertools import islice

from simulator.cli.running.jobs import Job, jobs, run_job
from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, Silent, scenario


def test_seeds_go_up_from_round_to_round() -> None:
    one = scenario("  []\n")
    assert [job.seed for job in jobs([one, one], None, 2)] == [1, 1, 2, 2]
    assert [job.seed for job in jobs([one], 7, 2)] == [7, 8]
    assert [job.seed for job in islice(jobs([one], 7, None), 4)] == [7, 8, 9, 10]


async def test_what_is_seen_of_each_step() -> None:
    silent = Silent()
    ran = await run_job(Job(scenario(TEAM), 7), silent)
    assert (ran.result.result, ran.result.seed) == (Result.passed, 7)
    assert [len(step.requests) for step in ran.steps][1] == 0
    assert ran.steps[2].requests
    assert all(step.seconds >= 0 for step in ran.steps)
    assert silent.seen[0] == "began"
    assert silent.seen[-1] == "passed"


async def test_a_step_that_fails_is_seen_too() -> None:
    ran = await run_job(
        Job(scenario(TEAM + "  - send: {by: bob, group: team}\n    expect: {http: 403}\n"), 1), Silent()
    )
    assert ran.result.result is Result.failed
    assert len(ran.steps) == 4
