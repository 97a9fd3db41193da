"""Which drafts a file is for."""

import pytest

from simulator.scenario import Result, ScenarioFileError, load_text, run_scenario
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, Silent

pytestmark = pytest.mark.usefixtures("second")

BOTH = TOPOLOGY.replace("topology:", "drafts: [mimi-transport-00, second]\ntopology:")


def ids(text: str) -> list[str]:
    return [scenario.id for scenario in load_text(text, "my.yaml")]


def problems(text: str) -> str:
    with pytest.raises(ScenarioFileError) as error:
        load_text(text, "my.yaml")
    return str(error.value)


def test_a_file_that_says_nothing_is_for_all_drafts_that_have_what_it_needs() -> None:
    assert ids(TOPOLOGY + TEAM) == ["my.yaml[draft=mimi-transport-00]", "my.yaml[draft=second]"]
    assert ids(TOPOLOGY + TEAM + "  - delete_group: {by: alice, group: team}\n") == ["my.yaml"]
    assert ids(TOPOLOGY + "  - expect: {requests: {endpoint: deliver_message, count: 0}}\n") == ["my.yaml"]
    assert ids(TOPOLOGY + "  - expect: {requests: {endpoint: notify, count: 0}}\n") == ["my.yaml"]
    together = TOPOLOGY.replace("{users", "{ds_host: ds.example, users")
    assert ids(together + "  []\n") == ["my.yaml"]
    (only,) = load_text(TOPOLOGY + "  - expect: {requests: {endpoint: notify, count: 0}}\n", "my.yaml")
    assert only.topology.draft == "second"


def test_a_file_that_says_its_drafts_has_a_scenario_for_each() -> None:
    assert ids(BOTH + TEAM) == ["my.yaml[draft=mimi-transport-00]", "my.yaml[draft=second]"]
    assert ids(BOTH.replace("[mimi-transport-00, second]", "second") + TEAM) == ["my.yaml"]
    assert ids(TOPOLOGY.replace("topology:", "topology:\n  draft: second") + TEAM) == ["my.yaml"]
    axis = TOPOLOGY.replace("topology:", "matrix: {draft: [second, mimi-transport-00]}\ntopology:") + TEAM
    assert ids(axis) == ["my.yaml[draft=second]", "my.yaml[draft=mimi-transport-00]"]
    matrix = BOTH.replace("topology:", "matrix: {http2: [true, false]}\ntopology:")
    assert ids(matrix + TEAM)[:2] == [
        "my.yaml[draft=mimi-transport-00,http2=true]",
        "my.yaml[draft=second,http2=true]",
    ]


def test_what_no_draft_has_is_a_mistake() -> None:
    said = problems(TOPOLOGY + "  - expect: {requests: {endpoint: fan_ot, count: 0}}\n")
    assert 'my.yaml:10:35: unknown endpoint "fan_ot" (did you mean "fan_out"?)' in said


def test_an_endpoint_that_another_draft_has() -> None:
    said = problems(BOTH + "  - expect: {requests: {endpoint: deliver_message, count: 0}}\n")
    assert 'my.yaml:11:35: second has no endpoint "deliver_message", which is one of mimi-transport-00; known: ' in said
    said = problems(BOTH + "  - expect: {requests: {endpoint: join_info, count: 0}}\n")
    assert 'second has no endpoint "join_info", which is one of mimi-transport-00' in said


@pytest.mark.parametrize(
    ("drafts", "problem"),
    [
        ("[secnd]", 'my.yaml:3:10: unknown draft "secnd" (did you mean "second"?)'),
        ("[second, second]", 'my.yaml:3:18: "second" is here twice'),
        ("[]", "my.yaml:3:1: a file is for one draft or more"),
        ("[2]", "my.yaml:3:10: expected the name of a draft; known: mimi-transport-00, second"),
        ("[second]\nmatrix: {draft: [second]}", 'my.yaml:4:18: "drafts" says already which drafts this is for'),
    ],
)
def test_drafts_that_are_none(drafts: str, problem: str) -> None:
    assert problem in problems(TOPOLOGY.replace("topology:", f"drafts: {drafts}\ntopology:") + TEAM)


def test_of_a_file_for_a_draft_that_nobody_knows_nothing_else_is_told() -> None:
    of_it = "  - expect: {requests: {endpoint: own, count: 0}}\n"
    text = TOPOLOGY.replace("topology:", "drafts: [mine]\ntopology:") + of_it
    with pytest.raises(ScenarioFileError) as error:
        load_text(text, "my.yaml")
    (problem,) = error.value.problems
    assert problem.message == (
        'unknown draft "mine"; known: mimi-transport-00, second; --draft PATH makes one known that is not installed'
    )
    said = problems(text.replace("mine", "secnd"))
    assert 'unknown draft "secnd"' in said
    assert 'unknown endpoint "own"' in said


def test_two_places_for_the_drafts() -> None:
    said = problems(BOTH.replace("topology:", "topology:\n  draft: second") + TEAM)
    assert 'my.yaml:5:10: "drafts" says already which drafts this is for (line 3)' in said


async def test_each_is_run_in_its_draft_and_says_what_that_does_not_have() -> None:
    steps = """
  - send: {by: bob, group: team, text: hello}
    expect: {requests: {endpoint: fan_out, from: a.example, success: true, at_least: 1}}
  - delete_group: {by: alice, group: team}
"""
    first, second = [await run_scenario(each, None, Silent()) for each in load_text(BOTH + TEAM + steps, "my.yaml")]
    assert first.result is Result.passed
    assert second.result is Result.unsupported
    assert second.reason == "second: a group ends with its last member"
    assert [step.result for step in second.steps[:-1]] == [Result.passed] * 4


async def test_a_topology_that_the_draft_can_not_have() -> None:
    text = BOTH.replace("{users", "{ds_host: ds.example, users") + TEAM
    second = await run_scenario(load_text(text, "my.yaml")[1], None, Silent())
    assert second.reason == "second: a request does not say whose it is"
    assert second.setup is not None
