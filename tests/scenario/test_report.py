"""Results as values and as JSON."""

from dataclasses import replace

import pytest

from simulator.scenario import Result, ScenarioResult, StepResult, to_json
from tests.scenario.coverings import covering, ended
from tests.scenario.small_scenarios import TOPOLOGY, passes, scenario

EMPTY = scenario("  []\n")


def result(*results: Result) -> ScenarioResult:
    steps = tuple(StepResult(f"step {n}", n, each, "words") for n, each in enumerate(results, 1))
    return ScenarioResult(EMPTY, 7, 1.23456, steps, 42)


@pytest.mark.parametrize(
    ("steps", "whole"),
    [
        ((), Result.passed),
        ((Result.passed, Result.passed), Result.passed),
        ((Result.passed, Result.failed, Result.not_run), Result.failed),
        ((Result.passed, Result.fault, Result.not_run), Result.fault),
        ((Result.skipped, Result.passed), Result.skipped),
        ((Result.skipped, Result.unsupported, Result.passed), Result.unsupported),
        ((Result.skipped, Result.unsupported, Result.failed, Result.not_run), Result.failed),
        ((Result.unsupported, Result.fault, Result.not_run), Result.fault),
    ],
)
def test_a_scenario_is_as_its_worst_step(steps: tuple[Result, ...], whole: Result) -> None:
    assert result(*steps).result is whole


def test_what_fails_before_the_first_step_is_no_step() -> None:
    setup = StepResult("start", 1, Result.failed, "words")
    failed = replace(result(Result.not_run), setup=setup)
    assert (failed.result, failed.failures) == (Result.failed, (setup,))
    content = failed.to_json()
    assert content["setup"] == {"name": "start", "line": 1, "result": "failed", "message": "words"}
    assert [step["result"] for step in content["steps"]] == ["not_run"]


def test_json_of_one_scenario() -> None:
    assert result(Result.passed, Result.failed).to_json() == {
        "id": "test",
        "file": "test.yaml",
        "name": "a test",
        "tags": [],
        "covers": [],
        "parameters": {},
        "result": "failed",
        "reason": "",
        "seconds": 1.235,
        "seed": 7,
        "steps": [
            {"name": "step 1", "line": 1, "result": "passed", "message": "words"},
            {"name": "step 2", "line": 2, "result": "failed", "message": "words"},
        ],
        "exchanges": 42,
    }


def test_tags_of_steps() -> None:
    two = scenario("  - create_group: alice\n  - create_group: bob\n    tags: [slow]\n")
    steps = replace(result(Result.passed, Result.passed, Result.passed), scenario=two).to_json()["steps"]
    assert [step.get("tags") for step in steps] == [None, ["slow"], None]


def test_the_reason_is_that_of_the_first_step_that_has_the_result() -> None:
    assert result(Result.passed, Result.failed).reason == ""
    steps = result(Result.skipped, Result.unsupported, Result.unsupported).steps
    said = [replace(step, message=words) for step, words in zip(steps, "abc", strict=True)]
    assert replace(result(), steps=tuple(said)).reason == "b"


def test_a_skipped_scenario_says_why_and_what_it_is_about() -> None:
    head = "tags: [slow, malicious]\nskip: not yet\n" + TOPOLOGY
    skipped = replace(result(), scenario=scenario("  []\n", head))
    content = skipped.to_json()
    assert (content["result"], content["reason"]) == ("skipped", "not yet")
    assert content["tags"] == ["slow", "malicious"]


def test_json_of_all() -> None:
    content = to_json((result(Result.passed), result(Result.fault), result(Result.passed)))
    assert content["summary"] == {"passed": 2, "failed": 0, "fault": 1, "unsupported": 0, "skipped": 0}
    assert [each["result"] for each in content["scenarios"]] == ["passed", "fault", "passed"]


def test_json_of_failures_says_what_is_at_stake() -> None:
    covering_it = covering("bad.yaml")
    failed = ended(covering_it, Result.failed, Result.not_run)
    content = to_json((failed, ended(covering_it, Result.passed, Result.passed)))
    assert content["in_common"] == [{"id": "T-TRANSPORT-TLS13", "failed": 1, "scenarios": ["bad"]}]
    bad, good = content["scenarios"]
    assert bad["at_stake"] == [{"id": "T-TRANSPORT-TLS13", "why": "covered"}]
    assert "at_stake" not in good


async def test_what_became_of_attacks_is_in_the_results() -> None:
    result = await passes("""
  - spoof: {by: b.example, to: c.example, endpoint: key_packages, requester: bob, target: carol}
    expect: {blocked: c.example}
  - connect: {from: bob, to: carol}
  - spoof: {by: b.example, to: c.example, endpoint: key_packages, requester: bob, target: carol}
    expect: {succeeds: the user is its own}
""")
    first, plain, last = [step.to_json() for step in result.steps]
    assert first["attack"] == {"blocked": "c.example"}
    assert "attack" not in plain
    assert (last["attack"], last["message"]) == ({"succeeds": "the user is its own"}, "the user is its own")
