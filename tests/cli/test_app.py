"""What holds for every command, with a real process."""

import re
import sys
from pathlib import Path

import pytest

from tests.cli.process import as_process, mimi_sim


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


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("run", "--record", ""), "--record"),
        (("run", "--trace="), "--trace"),
        (("run", "--verify", ""), "--verify"),
        (("run", "--over", ""), "--over"),
        (("run", "--json", ""), "--json"),
        (("coverage", "-o", ""), "--output"),
        (("new", ""), "PATH"),
        (("new", "--all", ""), "PATH"),
        (("authority", ""), "DIR"),
        (("serve", ""), "TOPOLOGY"),
        (("report", ""), "DIR"),
        (("trace", "diff", "a", ""), "B"),
        (("trace", "export", "--to", "har", "a", "-o", ""), "--output"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_empty_text_is_no_path(folder: Path, arguments: tuple[str, ...], named: str) -> None:
    before = sorted(folder.rglob("*"))
    ended = mimi_sim(*arguments, cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f'{named}: "" is no path: write . for the working folder\n'
    assert sorted(folder.rglob("*")) == before


def test_what_a_command_does_not_need_is_not_loaded(tmp_path: Path) -> None:
    """Each command loads what it needs when it is called: `--version`, help and completion have to be quick."""
    looks = "import sys, simulator.cli.app; print([n for n in sys.modules if n.startswith('simulator.scenario')])"
    assert as_process(cwd=tmp_path, program=[sys.executable, "-c", looks]).out == "[]\n"
