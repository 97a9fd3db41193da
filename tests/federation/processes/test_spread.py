"""The same scenario in one process and in two: the same happens, and the same bytes go between any two providers."""

from simulator.federation.processes import Processes
from simulator.scenario import NullObserver, Result, Scenario, run_scenario
from simulator.scenario.running.tracing import header
from simulator.trace import Recorder, Trace
from simulator.trace.comparing.canonical import Canonical, canonical
from tests.scenario.small_scenarios import TEAM, culprit, scenario

STEPS = """
  - external_join: {by: alice.laptop, group: team}
  - send: {by: [bob, carol], group: team}
    as: greeting
    expect:
      - received: {messages: [greeting], by: [alice.phone, alice.laptop, bob, carol]}
      - requests: {endpoint: fan_out, from: a.example, to: c.example, count: 1}
  - crash: c.example
  - send: {by: bob, group: team, text: what waits}
    as: late
  - start: c.example
  - advance: 1h
  - update_client: {by: carol, group: team}
    expect:
      - agreement: team
      - members: {group: team, clients: [alice.phone, alice.laptop, bob, carol]}
      - delivered: {}
      - consistent: {}
      - received: {messages: [late], by: [alice.phone, alice.laptop, carol]}
"""


async def _run(wanted: Scenario, processes: Processes | None) -> Canonical:
    recorder = Recorder()
    result = await run_scenario(wanted, None, NullObserver(), recorder, processes=processes)
    assert result.result is Result.passed, culprit(result)
    return canonical(Trace.of_run(header(wanted, result.seed), recorder.events))


async def test_canonical_traces_are_equal(processes: Processes) -> None:
    wanted = scenario(TEAM + STEPS)
    one, two = await _run(wanted, None), await _run(wanted, processes)
    assert list(one.steps) == list(two.steps)
    for label, step in one.steps.items():
        assert two.steps[label].flows == step.flows
        assert two.steps[label].noticed == step.noticed
