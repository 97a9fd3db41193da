"""`mimi-sim guide`."""

import os
import pty
import subprocess
from contextlib import suppress
from pathlib import Path

from simulator.cli.guides import pages
from simulator.drafts import DRAFTS
from tests.cli.process import SIMULATOR, environment, mimi_sim, on_a_terminal


def test_all_of_them(tmp_path: Path) -> None:
    ended = mimi_sim("guide", cwd=tmp_path)
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()] == list(pages(DRAFTS[0]))


def test_one_as_plain_text(tmp_path: Path) -> None:
    ended = mimi_sim("guide", "protocol", cwd=tmp_path, COLUMNS="70")
    assert ended.code == 0
    assert "\n5. Queueing Service, keys, KeyPackages\n" in ended.out
    assert "\x1b" not in ended.out


def test_in_a_terminal_it_has_colours(tmp_path: Path) -> None:
    ended = on_a_terminal("guide", "serve", cwd=tmp_path)
    assert ended.code == 0
    assert "\x1b[1" in ended.out.splitlines()[0]


def test_where_somebody_sits_it_goes_through_the_pager(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        paged = environment(TERM="xterm-256color", COLUMNS="80", PAGER="sed s/^/page:/")
        process = subprocess.Popen([*SIMULATOR, "guide", "serve"], cwd=tmp_path, env=paged, stdin=theirs, stdout=theirs)
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # what Linux says where other systems say end of file
            while chunk := terminal.read(65536):
                shown += chunk
        assert process.wait(60) == 0
    assert all(line.startswith(b"page:") for line in shown.splitlines())
    assert b"A federation that stays up" in shown


def test_one_that_there_is_not(tmp_path: Path) -> None:
    ended = mimi_sim("guide", "trafic", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith('there is no guide "trafic" (did you mean "traffic"?)')
