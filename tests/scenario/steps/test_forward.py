"""Captured bytes, brought to another provider."""

from simulator.scenario import Result
from simulator.trace import Recorder
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, culprit, fails, passes, play

CAPTURED = (
    TEAM
    + """
  - send: {by: alice, group: team}
    as: hello
  - capture: {endpoint: deliver_message, from: a.example, to: b.example, during: hello}
    as: stolen
"""
)


async def test_the_wrong_recipient_refuses_and_the_right_one_takes_it() -> None:
    await passes(
        CAPTURED
        + """
  - forward: {request: stolen, by: b.example, to: c.example}
    expect:
      - {http: 403, error: wrong_recipient}
      - requests: {endpoint: deliver_message, from: b.example, to: c.example, count: 1}
  - forward: {request: stolen, by: c.example, to: b.example}
    expect: {http: 200}
"""
    )


async def test_a_refusal_that_nobody_expects_fails_the_step() -> None:
    mismatch = await fails(CAPTURED + "  - forward: {request: stolen, by: b.example, to: c.example}\n")
    assert mismatch.expected == "success"
    assert mismatch.happened.startswith("403 wrong_recipient")


async def test_under_a_stolen_certificate() -> None:
    recorder = Recorder()
    result = await play(
        CAPTURED
        + """
  - forward: {request: stolen, by: c.example, to: b.example}
    expect: {http: 403, error: not_authorized}
  - forward: {request: stolen, by: c.example, to: b.example, certificate_of: a.example}
    expect: {http: 200}
  - forward: {request: stolen, by: c.example, to: a.example, certificate_of: a.example}
    expect: {http: 403, error: wrong_recipient}
""",
        TOPOLOGY.replace("key_packages: 3", "mutual_tls: true"),
        recorder=recorder,
    )
    assert result.result is Result.passed, culprit(result)
    assert [each.operation for each in recorder.exchanges if each.sender == "c.example"][-1] == "deliver_message"
