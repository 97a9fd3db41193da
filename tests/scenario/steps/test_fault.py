"""Faults in scenario files: injected as they are written, and found wanting where they are not written well."""

import pytest

from simulator.net.faults import AnyFault
from simulator.scenario import ScenarioFileError
from simulator.trace import Recorder
from tests.scenario.small_scenarios import TEAM, fails, passes, play, scenario

LOST_ANSWER = """
  - fault:
      - drop_answer: {where: {recipient: a.example, operation: send_message, times: 1}}
"""


async def test_a_fault_hits_the_requests_it_describes() -> None:
    mismatch = await fails(TEAM + LOST_ANSWER + "  - send: {by: bob, group: team}\n")
    assert "the connection ended before the answer came" in mismatch.happened


async def test_a_client_in_doubt_learns_that_its_message_was_taken() -> None:
    await passes(
        TEAM
        + LOST_ANSWER
        + """
  - send: {by: bob, group: team, text: hello}
    expect:
      may_fail: true
      consistent: {}
      delivered: {all: true}
"""
    )


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("drop_answers: {}", 'unknown fault "drop_answers" (did you mean "drop_answer"?)'),
        ("drop_answer", "expected one fault"),
        ("{drop_answer: {}, hold: {}}", "expected one fault"),
        ("drop_answer: {wher: {}}", 'drop_answer has no field "wher" (did you mean "where"?)'),
        ("partition: {}", 'partition needs "side"'),
        ("corrupt: {part: head}", 'unknown choice "head"'),
    ],
)
def test_a_fault_that_is_none(written: str, problem: str) -> None:
    with pytest.raises(ScenarioFileError) as error:
        scenario(TEAM + f"  - fault:\n      - {written}\n")
    assert problem in str(error.value)


@pytest.mark.parametrize("kind", AnyFault.__args__, ids=lambda kind: kind.__struct_config__.tag)
def test_every_fault_can_be_written(kind: type) -> None:
    needed = {
        "partition": "side: a.example",
        "clock_skew": "provider: a.example, seconds: 5",
        "delay": "seconds: 1",
        "clock_jumps": "rate: 0.1, seconds: 60",
        "kill": "rate: 0.1",
        "loss": "rate: 0.5",
    }
    name = kind.__struct_config__.tag
    (entry,) = scenario(f"  - fault: [{name}: {{{needed.get(name, '')}}}]\n    as: trouble\n").steps
    assert isinstance(entry.step.faults[0].fault, kind)


async def test_a_word_for_an_endpoint_hits_the_operations_it_stands_for() -> None:
    recorder = Recorder()
    await play(
        TEAM
        + """
  - fault:
      - drop_answer: {where: {sender: c.example, endpoint: message, times: 1}}
  - update_client: {by: carol, group: team}
  - send: {by: carol, group: team}
    expect: {may_fail: true}
""",
        recorder=recorder,
    )
    assert [each.operation for each in recorder.exchanges if each.fault] == ["send_message"]


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("{endpoint: fun_out}", 'test.yaml:16:41: unknown endpoint "fun_out" (did you mean "fan_out"?)'),
        ("{endpoint: message, operation: add_users}", '"message" is not for add_users, but for send_message'),
    ],
)
def test_an_endpoint_that_a_fault_can_not_be_about(where: str, problem: str) -> None:
    with pytest.raises(ScenarioFileError) as error:
        scenario(TEAM + f"  - fault:\n      - drop_answer: {{where: {where}}}\n")
    assert problem in str(error.value)
