"""What people are told to type runs as it stands."""

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
