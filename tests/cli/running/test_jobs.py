"""Jobs in rounds, and what is seen of one."""

from itertools import islice

from simulator.cli.running.jobs import Job, jobs, run_job
from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, Silent, scenario


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


async def test_requests_and_decisions_are_seen_in_the_order_of_their_happening() -> None:
    steps = (
        TEAM
        + """
  - fault: [drop_answer: {where: {recipient: b.example, endpoint: fan_out, times: 1}}]
  - send: {by: alice.phone, group: team}
  - advance: 1s
"""
    )
    ran = await run_job(Job(scenario(steps), 7), Silent())
    assert ran.result.result is Result.passed
    sent, waited = ran.steps[-2:]
    assert sent.happened[-1].startswith(
        "a.example postponed deliver_message (b.example): a.example lost the connection"
    )
    assert sent.happened[-1].endswith("; attempt 2 in 1 s [P-5-OUTBOX]")
    assert waited.happened == (
        "a.example retried deliver_message (b.example): it was in vain once [P-5-OUTBOX]",
        "a.example -> ds.b.example deliver_message: 200",
        "b.example deduplicated deliver_message (a.example): this message has been queued before; bob.phone [P-5-ONCE]",
    )


async def test_a_step_that_fails_is_seen_too() -> None:
    ran = await run_job(
        Job(scenario(TEAM + "  - send: {by: bob, group: team}\n    expect: {http: 403}\n"), 1), Silent()
    )
    assert ran.result.result is Result.failed
    assert len(ran.steps) == 4


async def test_simulated_time_is_seen_where_there_is_any() -> None:
    steps = TEAM + "  - send: {by: bob, group: team}\n"
    ran = await run_job(Job(scenario(steps, "network: {latency: 40 ms}" + TOPOLOGY), 1), Silent())
    sent = ran.steps[-1]
    assert sent.simulated is not None
    assert round(sent.simulated, 9) == 0.12
    assert sent.requests == (
        "b.example -> ds.a.example group_operation: 200 (80.0 ms from 1.2400 s on)",
        "a.example -> ds.c.example deliver_message: 200 (80.0 ms from 1.2800 s on)",
    )
    assert (await run_job(Job(scenario(steps), 1), Silent())).steps[-1].simulated is None
