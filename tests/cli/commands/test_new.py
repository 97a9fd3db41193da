"""`mimi-sim new`: what it writes runs."""

import os
from pathlib import Path

import pytest

from tests.cli.process import mimi_sim


@pytest.mark.parametrize("options", [(), ("--malicious",)])
def test_it_runs_as_it_is(tmp_path: Path, options: tuple[str, ...]) -> None:
    written = mimi_sim("new", "my-first.yaml", *options, cwd=tmp_path)
    assert (written.code, written.err) == (0, "")
    ended = mimi_sim("run", "my-first.yaml", cwd=tmp_path)
    assert ended.code == 0, ended.out
    assert 'name: "My first"' in (tmp_path / "my-first.yaml").read_text()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine")
    ended = mimi_sim("new", "mine", cwd=tmp_path)
    assert (ended.code, ended.err) == (2, "mine.yaml: there is such a file already; nothing was written\n")
    assert (tmp_path / "mine.yaml").read_text() == "mine"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ended = mimi_sim("new", "nowhere/mine.yaml", cwd=tmp_path)
    assert (ended.code, ended.err) == (2, "nowhere/mine.yaml: No such file or directory\n")


@pytest.mark.parametrize("path", [".", "..", "/", "./"])
def test_a_folder_is_no_file_to_write(tmp_path: Path, path: str) -> None:
    ended = mimi_sim("new", path, cwd=tmp_path)
    said = f"{Path(path)}: this is a folder; name the file that is to be written\n"
    assert (ended.code, ended.err) == (2, said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [b"\xff", b"a\xfe.yaml"])
def test_a_name_that_is_no_text_is_refused_before_there_is_a_file(tmp_path: Path, name: bytes) -> None:
    ended = mimi_sim("new", os.fsdecode(name), cwd=tmp_path)
    assert ended.code == 2
    assert "the name is no UTF-8 text" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_shipped(tmp_path: Path) -> None:
    ended = mimi_sim("new", "--all", "mine", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "mine/scenarios: run them with mimi-sim run mine/scenarios\n" in ended.out
    assert mimi_sim("run", "mine/scenarios/joins/resync.yaml", cwd=tmp_path).code == 0
    again = mimi_sim("new", "--all", "mine", cwd=tmp_path)
    assert (again.code, again.err) == (2, "mine: there is something already; nothing was written\n")


@pytest.mark.parametrize("options", [("--all",), ("--all", "mine", "--malicious")])
def test_all_needs_a_folder_and_nothing_else(tmp_path: Path, options: tuple[str, ...]) -> None:
    ended = mimi_sim("new", *options, cwd=tmp_path)
    assert (ended.code, "new --all FOLDER" in ended.err) == (2, True)
    assert not list(tmp_path.iterdir())
