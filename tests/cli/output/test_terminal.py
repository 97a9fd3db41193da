"""What the environment says about the terminal."""

from pathlib import Path

import pytest

from simulator.cli.output.terminal import tidy
from tests.cli.process import as_process, mimi_sim


@pytest.mark.parametrize(
    ("width", "kept"),
    [
        ("0", None), ("", None), ("-1", None), ("wide", None), ("8.5", None), ("²", None), ("٣", None), (" 80", None),
        ("1", "1"), ("080", "80"), ("80", "80"), ("1000", "1000"), ("1001", "1000"), ("9" * 5000, "1000"),
    ],
)  # fmt: skip
def test_a_width_that_is_none_is_taken_out(width: str, kept: str | None) -> None:
    environment = {"COLUMNS": width, "LINES": width, "TERM": "dumb"}
    tidy(environment)
    assert environment == ({"TERM": "dumb"} if kept is None else {"COLUMNS": kept, "LINES": kept, "TERM": "dumb"})


@pytest.mark.parametrize("width", ["0", "", "-7", "x", "²", "1", "40", "9" * 30])
@pytest.mark.parametrize(
    "command", ["schema", "list --json good", "show --mermaid good/one.yaml", "decode --json MLSMessage 00"]
)
def test_output_for_programs_depends_on_no_width(folder: Path, width: str, command: str) -> None:
    expected = mimi_sim(*command.split(), cwd=folder)
    assert expected.out
    assert mimi_sim(*command.split(), cwd=folder, COLUMNS=width, LINES=width) == expected


@pytest.mark.parametrize("width", ["0", "", "-7", "x", "²", "9" * 30])
def test_no_width_silences_what_is_for_people(folder: Path, width: str) -> None:
    for arguments in (("list", "good"), ("steps", "forward"), ("--help",), ("coverage", "good")):
        ended = mimi_sim(*arguments, cwd=folder, COLUMNS=width, LINES=width)
        assert ended.out.count("\n") > 1
        assert max(map(len, ended.out.splitlines())) <= 1000


def test_a_width_that_the_libraries_read_as_they_are_loaded(folder: Path) -> None:
    for width in ("0", "wide"):
        ended = as_process("--help", cwd=folder, TERMINAL_WIDTH=width, COLUMNS=width)
        assert (ended.code, ended.err, "coverage" in ended.out) == (0, "", True)
