"""A scenario of which every word says itself what it means."""

from pathlib import Path

import pytest
import trio

from simulator.errors import SimulatorError
from simulator.scenario import NullObserver, ScenarioFileError, load, load_text, run_scenario
from simulator.scenario.loading.spelled_out import spelled_out
from simulator.sweep.shrinking.scenario_text import for_people

PART = """
part: who is there
topology: {providers: {c.example: {users: {carol: [phone]}}}}
steps:
  - create_group: carol
    as: theirs
"""
FILE = """
name: x
include: part.yaml
parameters: {words: hi, times: 2}
matrix: {suite: [1, 3]}
topology: {providers: {a.example: {users: {alice: [phone]}}}}
covers: []
steps:
  - create_group: alice
    as: team
  - send: {by: alice, group: team, text: "${words} $${round} ${round}"}
    repeat: ${times}
"""


def written(tmp_path: Path) -> Path:
    (tmp_path / "part.yaml").write_text(PART)
    (file := tmp_path / "x.yaml").write_text(FILE)
    return file


def test_nothing_stands_for_anything_else(tmp_path: Path) -> None:
    scenario = load([written(tmp_path)], parameters={"words": "hello"})[1].waiving(["T-SECURITY-RECIPIENT"])
    data = spelled_out(scenario, 5)
    assert data["seed"] == 5
    assert set(data["topology"]["providers"]) == {"a.example", "c.example"}
    assert (data["topology"]["suite"], data["topology"]["draft"]) == (3, scenario.topology.draft)
    assert data["topology"]["waive"] == ["T-SECURITY-RECIPIENT"]
    assert [step["send"]["text"] for step in data["steps"] if "send" in step] == [
        "hello $${round} 1",
        "hello $${round} 2",
    ]
    assert not {"include", "parameters", "matrix"} & set(data)


def test_its_file_runs_as_the_scenario_does(tmp_path: Path) -> None:
    scenario = load([written(tmp_path)])[0]
    (again,) = load_text(for_people(spelled_out(scenario, 3)), "again.yaml")
    runs = [trio.run(run_scenario, each, seed, NullObserver()) for each, seed in ((scenario, 3), (again, None))]
    assert len({tuple((step.name.partition(" (")[0], step.result) for step in run.steps) for run in runs}) == 1


def test_a_file_that_has_changed_since_is_told(tmp_path: Path) -> None:
    file = written(tmp_path)
    scenario = load([file])[1]
    file.write_text("name: x\nsteps: [")
    with pytest.raises(ScenarioFileError):
        spelled_out(scenario, 1)


def test_what_somebody_else_runs_is_in_no_file(tmp_path: Path) -> None:
    (ca := tmp_path / "ca.pem").write_text("")
    (file := tmp_path / "x.yaml").write_text(
        f"name: x\ntopology: {{providers: {{a.example: {{external: {{address: localhost, port: 1, ca: {ca}}}}}}}}}\n"
        "steps: []\n"
    )
    with pytest.raises(SimulatorError, match=r"a\.example is run by somebody else"):
        spelled_out(load([file])[0], 1)
