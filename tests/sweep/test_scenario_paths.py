"""The paths of an experiment's scenarios."""

from pathlib import Path

import pytest

from simulator.scenario import ScenarioFileError
from simulator.sweep.loading import read
from simulator.sweep.scenario_paths import ScenarioPaths
from tests.sweep.small import SCENARIO


def paths(folder: Path, said: str) -> tuple[Path, ...]:
    return read(f"experiment: x\nscenarios: {said}\n", (folder / "sub" / "x.yaml").as_posix()).scenarios.files


def test_they_begin_where_the_experiment_is_and_each_file_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SCENARIO)
    assert paths(tmp_path, "../a.yaml") == (tmp_path / "a.yaml",)
    assert paths(tmp_path, "[../b.yaml, ..]") == (tmp_path / "b.yaml", tmp_path / "a.yaml")


def test_of_a_folder_those_that_are_run(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SCENARIO)
    (tmp_path / "wrong.yaml").write_text("name: [")
    (tmp_path / "part.yaml").write_text("part: what others include\nsteps: []\n")
    assert paths(tmp_path, "..") == (tmp_path / "a.yaml", tmp_path / "wrong.yaml")
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "other.yaml").write_text("experiment: another\nscenarios: ../a.yaml\n")
    assert paths(tmp_path, "../only/other.yaml") == (tmp_path / "only" / "other.yaml",)
    with pytest.raises(ScenarioFileError, match="no scenario in this folder"):
        paths(tmp_path, "../only")


@pytest.mark.parametrize(
    ("said", "why"),
    [("../nowhere", "1 there is no such"), ("7", "expected the path"), ("[]", "a path or several"), ('""', "expected")],
)
def test_what_is_none(tmp_path: Path, said: str, why: str) -> None:
    with pytest.raises(ScenarioFileError, match=why.removeprefix("1 ")):
        paths(tmp_path, said)


def test_the_schema_takes_one_or_several() -> None:
    assert len(ScenarioPaths.shape()["anyOf"]) == 2
