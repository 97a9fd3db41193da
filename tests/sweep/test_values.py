"""Values of expectations."""

from pathlib import Path

import pytest

from simulator.scenario import ScenarioFileError, load_file
from simulator.scenario.expectations.requests import Requests
from simulator.scenario.loading.problems import Problems
from simulator.sweep.values import Value
from tests.sweep.small import experiment, write


def test_it_is_an_expectation_of_each_scenario_without_a_number(tmp_path: Path) -> None:
    made = experiment(tmp_path, "values: {n: {requests: {during: hello}}}").values["n"]
    problems = Problems("x.yaml")
    found = made.expectation(load_file(write(tmp_path)).content, problems)
    assert found == Requests(during="hello", at_least=0)
    assert problems.found == []


def test_names_that_a_scenario_does_not_have(tmp_path: Path) -> None:
    made = experiment(tmp_path, "values: {n: {requests: {during: helo, count: 1}}}").values["n"]
    problems = Problems("x.yaml")
    assert made.expectation(load_file(write(tmp_path)).content, problems) is None
    assert [each.message for each in problems.found] == ['unknown step "helo" (did you mean "hello"?)']


@pytest.mark.parametrize(
    ("said", "why"),
    [("{a: 1, b: 2}", "expected one expectation"), ("{unchanged: {providers: a.example}}", "at the end")],
)
def test_what_has_no_value_at_the_end(tmp_path: Path, said: str, why: str) -> None:
    with pytest.raises(ScenarioFileError, match=why):
        experiment(tmp_path, f"values: {{n: {said}}}")


def test_the_schema_has_all_that_have_one() -> None:
    words = Value.shape()["properties"]
    assert "requests" in words
    assert "unchanged" not in words
