"""By what two sweeps are the same."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.sweep.identity import Identity, code, identity
from tests.sweep.small import FAILING, planned


def test_the_same_experiment_is_the_same_and_json_keeps_it(tmp_path: Path) -> None:
    first, again = (identity(planned(tmp_path, "seeds: 1..3")) for _ in range(2))
    assert first == again
    assert first.runs == 3
    assert Identity.of_json(json.loads(json.dumps(asdict(first)))) == first
    first.check_same(again, tmp_path)


@pytest.mark.parametrize(
    ("more", "scenario", "said"),
    [
        ("seeds: 1..4", None, "its axes, values or stop rule are others"),
        ("seeds: 1..3\nstop: {failures: 1}", None, "its axes, values or stop rule are others"),
        ("seeds: 1..3", FAILING, "its inputs are not as they were then (.*small in mimi-transport-00)"),
    ],
)
def test_what_differs_is_said(tmp_path: Path, more: str, scenario: str | None, said: str) -> None:
    first = identity(planned(tmp_path, "seeds: 1..3"))
    other = identity(planned(tmp_path, more, scenario) if scenario else planned(tmp_path, more))
    with pytest.raises(SimulatorError, match=said.replace("(", r"\(").replace(")", r"\)")):
        first.check_same(other, tmp_path)


def test_another_simulator_or_question(tmp_path: Path) -> None:
    first = identity(planned(tmp_path))
    others = {"this is 9": replace(first, simulator="9"), "its experiment": replace(first, experiment="x")}
    for said, other in others.items():
        with pytest.raises(SimulatorError, match=said):
            first.check_same(other, tmp_path)


def test_code_that_has_changed_is_no_longer_the_same(tmp_path: Path) -> None:
    first = identity(planned(tmp_path))
    assert code().items() <= first.inputs.items()
    other = replace(first, inputs={**first.inputs, "the simulator's source": "another"})
    with pytest.raises(SimulatorError, match=r"its inputs are not as they were then \(the simulator's source\)"):
        first.check_same(other, tmp_path)
