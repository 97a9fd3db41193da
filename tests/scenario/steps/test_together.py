"""Several steps at once."""

import pytest

from simulator.scenario import Result, ScenarioFileError
from simulator.trace import Recorder
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, fails, passes, play, scenario


async def test_each_part_has_its_name_its_end_and_its_expectations() -> None:
    result = await passes(
        TEAM
        + """
  - together:
      - send: {by: bob, group: team, text: one}
        as: one
        expect: {received: {messages: one, by: [alice.phone, carol]}}
      - send: {by: carol, group: team, text: two}
        as: two
      - request_connection: {from: alice.laptop, to: "mimi://b.example/u/nobody"}
        expect: {error: unknown_user, http: 404}
  - expect:
      received: {messages: two, by: [alice.phone, bob]}
"""
    )
    assert [step.name for step in result.steps[3:]] == ["together", "expect"]


async def test_what_ends_otherwise_has_its_own_line() -> None:
    result = await play(
        TEAM
        + """
  - together:
      - send: {by: bob, group: team}
        expect: {error: malformed}
      - request_connection: {from: alice.laptop, to: "mimi://b.example/u/nobody"}
      - send: {by: carol, group: team}
"""
    )
    assert result.result is Result.failed
    assert [(each.line, each.expected) for each in result.steps[-1].mismatches] == [
        (17, "error malformed"),
        (19, "success"),
    ]


async def test_a_part_s_expectation_has_its_line_too() -> None:
    mismatch = await fails(
        TEAM
        + """
  - together:
      - send: {by: bob, group: team}
        as: m
        expect: {received: {messages: m, by: carol}}
      - create_group: alice.laptop
"""
    )
    assert mismatch.line == 19


async def test_a_part_that_is_left_out_leaves_the_others_alone() -> None:
    result = await play(
        TEAM
        + """
  - together:
      - send: {by: bob, group: team}
        as: gone
        skip: not today
        expect: {received: {messages: gone, by: alice}}
      - send: {by: carol, group: team}
        as: there
  - expect: {received: {messages: there, by: [alice.phone, bob]}}
  - expect: {received: {messages: gone, by: alice}}
"""
    )
    assert [(step.result, step.message) for step in result.steps[3:]] == [
        (Result.skipped, "not today"),
        (Result.passed, ""),
        (Result.skipped, "there is no gone: not today"),
    ]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("- crash: a.example\n      - connect: {from: alice, to: bob}", '"connect" can\'t happen beside other steps'),
        (
            "- crash: a.example\n      - together: [{crash: a.example}, {crash: b.example}]",
            '"together" can\'t happen beside other steps',
        ),
        ("- crash: a.example\n      - expect: {consistent: {}}", '"expect" can\'t happen beside other steps'),
        ("- create_group: bob\n      - create_group: bob", "yaml:13:9: bob.phone acts in line 12 at the same time"),
        ("- create_group: bob\n      - create_group: bob.phone", "bob.phone acts in line 12 at the same time"),
        (
            "- request_connection: {from: bob.phone, to: alice}\n      - create_group: bob",
            "bob.phone acts in line 12 at the same time",
        ),
    ],
)
def test_what_can_not_be_a_part(parts: str, said: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        scenario(f"\n  - together:\n      {parts}\n")
    assert said in str(raised.value)


NETWORK = "network: {latency: 40 ms}" + TOPOLOGY
TWO_UPDATES = (
    TEAM
    + """
  - together:
      over: 400 ms
      entries:
        - update_client: {by: bob, group: team}
          expect: {may_fail: true}
        - update_client: {by: carol, group: team}
          expect: {may_fail: true}
    as: both
"""
)


async def test_with_a_network_all_begin_at_one_instant_in_order() -> None:
    recorder = Recorder()
    steps = """
  - together:
      - update_client: {by: bob, group: team}
      - update_client: {by: carol, group: team}
        expect: {error: wrong_epoch}
"""
    result = await play(TEAM + steps, NETWORK, recorder=recorder)
    assert result.result is Result.passed, result.reason
    began = [
        each.simulated for each in recorder.exchanges if each.step_number == 4 and each.recipient == "ds.a.example"
    ]
    assert len(began) == 2
    assert len(set(began)) == 1


async def test_over_a_span_each_begins_at_a_time_of_its_own() -> None:
    async def begun(seed: int) -> tuple[list[float], int]:
        recorder = Recorder()
        result = await play(TWO_UPDATES, NETWORK, seed=seed, recorder=recorder)
        assert result.result is Result.passed, result.reason
        asked = [each for each in recorder.exchanges if each.step_number == 4 and each.recipient == "ds.a.example"]
        return [each.simulated or 0 for each in asked], sum(each.refused for each in asked)

    found = [await begun(seed) for seed in range(1, 7)]
    assert found == [await begun(seed) for seed in range(1, 7)]
    gaps = {round(abs(times[0] - times[1]), 9): refused for times, refused in found}
    assert len(gaps) == 6
    assert all(refused == (gap <= 0.08) for gap, refused in gaps.items()), "a commit is at the others after 80 ms"
    assert set(gaps.values()) == {0, 1}
