"""Output that nobody reads any more is no reason to stop."""

import re
import subprocess
from pathlib import Path

import pytest

from simulator.cli.output.console import utf8
from simulator.printable import printable
from tests.cli.process import BAD, FAILING, PASSING, SIMULATOR, environment, mimi_sim


def test_a_reader_that_goes_away_does_not_change_the_result(folder: Path) -> None:
    process = subprocess.Popen(
        [*SIMULATOR, "run", "good", "failing.yaml", "--json", "out.json"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 1
    assert (folder / "out.json").exists()


EMOJI = ":100: :x: :smiley: [bold]"


def test_no_text_is_an_emoji_or_markup(folder: Path) -> None:
    (folder / ":x:.yaml").write_text(PASSING.replace("name: ", f"name: '{EMOJI} ", 1).replace("\n", "'\n", 1))
    for command in ("run :x:.yaml", "run :x:.yaml --json -", "list :x:.yaml", "list :x:.yaml --json", "show :x:.yaml"):
        ended = mimi_sim(*command.split(), cwd=folder)
        assert ended.code == 0, ended.err
        assert ":x:" in ended.out
        assert EMOJI in ended.out or "run" in command
    ended = mimi_sim("decode", "VerificationKeyRequest", b"\x00\x01\x04:x:.".hex(), cwd=folder)
    assert ":x:." in ended.out
    mistake = "\n" * 90 + (folder / "bad/step.yaml").read_text()
    (folder / "bad/step.yaml").write_text(mistake)
    line = mistake[: mistake.index("ad_users")].count("\n") + 1
    assert mimi_sim("check", "bad", cwd=folder).err.startswith(f"bad/step.yaml:{line}:5: ")


@pytest.mark.parametrize("hidden", ["\x1b[31m", "\x1b]0;title\x07", "\u202e", "\n", "\x9b1m"])
def test_no_name_steers_the_terminal(folder: Path, hidden: str) -> None:
    name = f"dir/a{hidden}b.yaml"
    (folder / "dir").mkdir()
    (folder / name).write_text(FAILING)
    shown = f"dir/a{printable(hidden)}b"
    for command in ("run", "list", "show", "check"):
        ended = mimi_sim(command, name, cwd=folder)
        assert ended.code == (command == "run")
        assert hidden == "\n" or hidden not in ended.out + ended.err
        assert shown in ended.out or command == "check"
        assert "\x1b" not in ended.out
    ended = mimi_sim("run", name, cwd=folder)
    (again,) = (line.strip() for line in ended.out.splitlines() if line.startswith("  again: "))
    assert again.isprintable()
    assert again.endswith("b.yaml' --seed 1")
    (folder / "dir/b.yaml").write_text(BAD)
    assert "\x1b" not in mimi_sim("run", "dir", cwd=folder).err
    for option in ("--tap", "--junit"):
        assert hidden == "\n" or hidden not in mimi_sim("run", name, option, "-", cwd=folder).out


def test_colours_that_are_forced_are_colours_and_no_more(folder: Path) -> None:
    plain = mimi_sim("run", "good/one.yaml", cwd=folder).out
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        out = mimi_sim("run", "good/one.yaml", cwd=folder, **{name: "1"}).out
        assert out.count("\n") == plain.count("\n")
        assert not re.search(r"\x1b\[(?![0-9;]*m)", out)
    assert "\x1b[32mpassed" in mimi_sim("run", "good/one.yaml", cwd=folder, FORCE_COLOR="1").out
    assert "│" not in mimi_sim("coverage", "good", cwd=folder, FORCE_COLOR="1").out


def test_text_for_programs_is_utf_8() -> None:
    assert utf8("ü\udcff☃") == "ü\N{REPLACEMENT CHARACTER}☃".encode()
