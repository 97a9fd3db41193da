"""What is seen while scenarios run."""

import re
from pathlib import Path

from tests.cli.process import mimi_sim, on_a_terminal

ESCAPE = "\x1b["
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")


def test_a_terminal_sees_the_running_step_and_colours(folder: Path) -> None:
    ended = on_a_terminal("run", "good", "failing.yaml", cwd=folder)
    assert ended.code == 1
    assert COLOUR.search(ended.out)
    assert "all scenarios" in ended.out
    assert re.search(r"good/one:\d+ \w+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", ended.out))
    assert "passed" in ended.out
    assert "expected error wrong_epoch" in ended.out


def test_no_color_is_honoured(folder: Path) -> None:
    ended = on_a_terminal("run", "good", "failing.yaml", cwd=folder, NO_COLOR="1")
    assert ended.code == 1
    assert not COLOUR.search(ended.out)
    assert "passed  good/one" in ended.out


def test_a_dumb_terminal_gets_no_moving_lines(folder: Path) -> None:
    ended = on_a_terminal("run", "good", cwd=folder, TERM="dumb")
    assert ESCAPE not in ended.out


def test_a_pipe_gets_plain_lines_of_any_length(folder: Path) -> None:
    ended = mimi_sim("run", "good", "failing.yaml", cwd=folder, TERM="xterm-256color", COLUMNS="20")
    assert "\x1b" not in ended.out + ended.err
    assert "all scenarios" not in ended.out
    assert len(ended.out.splitlines()) == 8
