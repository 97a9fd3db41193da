"""The scenarios and lessons that come with the package, from a folder that has none of its own."""

from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.scenario import load
from simulator.scenario.loading.shipped import copy_all, located
from tests.cli.process import ROOT, mimi_sim


def test_their_ids_are_those_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    here = [(each.id, each.file) for each in load([Path("scenarios")])]
    monkeypatch.chdir(tmp_path)
    assert [(each.id, each.file) for each in load([Path("scenarios")])] == here


def test_they_run_from_anywhere_with_what_they_include(tmp_path: Path) -> None:
    ended = mimi_sim("run", "scenarios/fanout/guest-message", cwd=tmp_path)
    assert (ended.code, "passed  scenarios/fanout/guest-message" in ended.out) == (0, True)
    assert mimi_sim("list", cwd=tmp_path).out == mimi_sim("list", cwd=ROOT).out


def test_one_s_own_folder_of_that_name_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").mkdir()
    monkeypatch.chdir(tmp_path)
    assert located(Path("scenarios/joins")) == Path("scenarios/joins")
    with pytest.raises(SimulatorError, match="there is no such file or folder"):
        load([Path("scenarios/joins")])


def test_other_paths_are_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path in (Path("joins"), Path("mine/scenarios/joins"), tmp_path / "scenarios", Path(), Path("scenarios.yaml")):
        assert located(path) == path


def test_a_slip_of_the_pen_is_answered_as_anywhere(tmp_path: Path) -> None:
    ended = mimi_sim("run", "scenarios/jions", cwd=tmp_path)
    assert ended.code == 2
    assert 'scenarios/jions: there is no such file or folder (did you mean "joins"?)' in ended.err


def test_all_of_them_are_copied_as_they_are(tmp_path: Path) -> None:
    scenarios, lessons = copy_all(tmp_path / "mine")
    for copy in (scenarios, lessons):
        ours = ROOT / copy.name
        copied = {file.relative_to(copy) for file in copy.rglob("*") if file.is_file()}
        assert copied == {file.relative_to(ours) for file in ours.rglob("*") if file.suffix in (".yaml", ".ipynb")}
        assert all((copy / file).read_bytes() == (ours / file).read_bytes() for file in copied)


def test_copies_never_overwrite(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    copy_all(tmp_path / "mine")
    with pytest.raises(SimulatorError, match="there is something already"):
        copy_all(tmp_path / "mine")
    (tmp_path / "file").write_text("")
    with pytest.raises(SimulatorError, match="there is something already"):
        copy_all(tmp_path / "file")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SimulatorError, match="can't be written: Not a directory"):
        copy_all(tmp_path / "file" / "mine")
