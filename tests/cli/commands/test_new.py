"""`mimi-sim new`: what it writes runs."""

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
