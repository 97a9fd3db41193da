"""The working folder is not imported from, by whatever name it stands in the path."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import simulator
from simulator.import_path import import_path, leave_out_working_folder

HOME = Path(simulator.__file__).parents[1]


def test_every_spelling_of_the_working_folder_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "below").mkdir()
    kept = [os.fspath(HOME), os.fspath(tmp_path / "below"), "/nowhere/at/all", *sys.path]
    monkeypatch.setattr(sys, "path", ["", ".", os.fspath(tmp_path), os.fspath(tmp_path / "link"), "below/..", *kept])
    assert import_path() == [entry for entry in kept if entry not in ("", os.fspath(tmp_path))]
    leave_out_working_folder()
    assert "" not in sys.path


def test_the_simulator_itself_may_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOME)
    monkeypatch.setattr(sys, "path", ["", os.fspath(HOME)])
    assert import_path() == ["", os.fspath(HOME)]


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    program = "import os; os.rmdir(os.getcwd()); from simulator.import_path import import_path as f; print('' in f())"
    gone = tmp_path / "gone"
    gone.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": os.fspath(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "False\n"
