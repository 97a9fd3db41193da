"""What people are told to type runs as it stands."""

import subprocess
from pathlib import Path

import pytest

from simulator.cli.program import command


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    program = tmp_path / "bin" / "mimi-sim"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def test_a_name_that_the_shell_finds_is_enough(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(installed.parent))
    assert command("run", "a b.yaml", called=[str(installed)]) == "mimi-sim run 'a b.yaml'"


def test_else_it_is_called_as_it_was(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(installed.parent.parent)
    assert command("run", called=["bin/mimi-sim"]) == "bin/mimi-sim run"
    (installed.parent / "other").mkdir()
    monkeypatch.setenv("PATH", str(installed.parent / "other"))
    assert command("run", called=[str(installed)]) == f"{installed} run"


def test_who_runs_us_is_not_us() -> None:
    assert command("run", called=["/usr/bin/pytest"]) == "mimi-sim run"


@pytest.mark.parametrize(
    "word",
    ["dir/a\x1b[31mb.yaml", "it's\n\x07.yaml", "back\\slash\u202e.yaml", "\x1b1\x7f9", "plain one"],
)
def test_what_cannot_be_seen_is_pasted_all_the_same(word: str) -> None:
    pasted = command("run", word, called=["/usr/bin/pytest"])
    assert pasted.isprintable()
    printing = f"printf %s {pasted.removeprefix('mimi-sim run ')}"
    shown = subprocess.run(["bash", "-c", printing], capture_output=True, check=True)
    assert shown.stdout == word.encode()


def test_a_file_name_that_is_no_text_is_pasted_as_its_bytes() -> None:
    assert command("run", "a\udcff.yaml", called=["/usr/bin/pytest"]) == "mimi-sim run $'a\\377.yaml'"
