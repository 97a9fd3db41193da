"""The shape of an experiment file."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from simulator.scenario import ScenarioFileError
from simulator.scenario.json_schema import json_schema, struct
from simulator.scenario.loading.pipeline import EXPERIMENT
from simulator.sweep.experiment import Experiment, Stop
from tests.sweep.small import experiment

WHOLE = """
description: What it is about.
drafts: [mimi-transport-00, mimi-protocol-06]
seeds: 1..20
parameters: {times: [1, 2]}
waive: [none, T-SECURITY-RECIPIENT]
repetitions: 2
exclude:
  - {draft: mimi-protocol-06, times: 2}
values:
  asked: {requests: {from: a.example}}
stop: {failures: 3, interval: 0.1}
"""


def test_all_that_it_can_say(tmp_path: Path) -> None:
    whole = experiment(tmp_path, WHOLE)
    assert whole.experiment == "How much it costs to get to know somebody"
    assert (whole.drafts, len(whole.seeds), whole.repetitions) == (("mimi-transport-00", "mimi-protocol-06"), 20, 2)
    assert whole.waive == ("none", "T-SECURITY-RECIPIENT")
    assert whole.stop == Stop(failures=3, interval=0.1, confidence=0.95)


def test_little_is_enough(tmp_path: Path) -> None:
    least = experiment(tmp_path)
    assert (len(least.seeds), least.waive, least.repetitions, least.stop) == (0, ("none",), 1, None)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("sceds: 1", 'has no field "sceds" (did you mean "seeds"?)'),
        ("drafts: mimi-transprt-00", '(did you mean "mimi-transport-00"?)'),
        ("waive: T-SECURITY-RECIPENT", '(did you mean "T-SECURITY-RECIPIENT"?)'),
        ("stop: {}", "say when"),
        ("repetitions: 0", ">= 1"),
        ("stop: {interval: 2}", "expected"),
        ("values: {a: {request: {}}}", '(did you mean "requests"?)'),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, said: str, where: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        experiment(tmp_path, said)
    (problem,) = raised.value.problems
    assert where in problem.message
    assert problem.span is not None
    assert problem.span.line == 4


def test_editors_know_it_too() -> None:
    validator = Draft202012Validator(json_schema({EXPERIMENT: struct(Experiment)}))
    good = {"experiment": "x", "scenarios": "a.yaml", "seeds": "1..3", "values": {"n": {"requests": {"count": 1}}}}
    assert not list(validator.iter_errors(good))
    for bad in ({"seeds": "x"}, {"sceds": 1}, {"values": {"n": {"request": {}}}}, {"parameters": {"a": {}}}):
        assert list(validator.iter_errors({**good, **bad})), bad
