"""Many runs from a cell."""

from pathlib import Path

import pytest

from simulator.notebook import Refused, sweep
from tests.sweep.small import EXPERIMENT, FAILING, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "lessons").mkdir()
    monkeypatch.chdir(tmp_path / "lessons")
    write(tmp_path)
    return tmp_path


def test_a_scenario_and_what_varies_found_in_a_folder_above(folder: Path) -> None:
    found = sweep("small.yaml", seeds="1..2", drafts=["mimi-transport-00"], times=[1, 2])
    assert found.select("scenario", "seed", "times", "verdict").rows() == [
        ("small", 1, 1, "passed"),
        ("small", 1, 2, "passed"),
        ("small", 2, 1, "passed"),
        ("small", 2, 2, "passed"),
    ]
    assert found["repeat"][0] == "mimi-sim run small.yaml --draft mimi-transport-00 --set times=1 --seed 1"


def test_an_experiment_whose_results_are_kept(folder: Path) -> None:
    (folder / "e.yaml").write_text(EXPERIMENT)
    first = sweep("e.yaml", folder=folder / "out")
    assert first.height == 1
    assert sweep("e.yaml", folder=folder / "out").equals(first)
    write(folder, FAILING)
    with pytest.raises(Refused, match="its inputs are not as they were"):
        sweep("e.yaml", folder=folder / "out")


def test_the_text_of_one(folder: Path) -> None:
    found = sweep("experiment: x\nscenarios: ../small.yaml\nvalues: {n: {requests: {during: hello}}}")
    assert found["n"][0] > 0


def test_what_can_not_be_done(folder: Path) -> None:
    (folder / "e.yaml").write_text(EXPERIMENT)
    with pytest.raises(Refused, match="leave the rest out"):
        sweep("e.yaml", seeds=1)
    with pytest.raises(Refused, match="expected a seed"):
        sweep("small.yaml", seeds="x")
    with pytest.raises(Refused, match="no such file"):
        sweep("smal.yaml")
    with pytest.raises(Refused, match="seeds is"):
        sweep("small.yaml", seeds=1.5)  # type: ignore[arg-type]
