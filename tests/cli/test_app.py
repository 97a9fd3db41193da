"""What holds for every command, with a real process."""

import re
from pathlib import Path

import pytest

from tests.cli.process import as_process


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_without_arguments_it_shows_help(folder: Path, arguments: tuple[str, ...]) -> None:
    ended = as_process(*arguments, cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    assert "Usage: mimi-sim" in ended.out
    assert "run " in ended.out


def test_version(folder: Path) -> None:
    ended = as_process("--version", cwd=folder)
    assert ended.code == 0
    assert re.fullmatch(r"mimi-sim \d+\.\d+\.\d+\n", ended.out)
