"""`mimi-sim compare`."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.commands.test_ablate import INTERRUPTING
from tests.cli.process import FAULTY, as_process, mimi_sim, on_a_terminal
from tests.scenario.comparison.test_playing import FORWARDED
from tests.scenario.small_scenarios import TOPOLOGY

BOTH = ("--draft", "mimi-transport-00", "--draft", "mimi-transport-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(TOPOLOGY + FORWARDED)
    (tmp_path / "none.yaml").write_text(TOPOLOGY + "  - offline: bob.phone\n")
    return tmp_path


def test_a_line_per_cell_and_a_summary(folder: Path) -> None:
    ended = mimi_sim("compare", *BOTH, ".", cwd=folder)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "one  mimi-transport-00  blocked      403 wrong_recipient T-SECURITY-RECIPIENT/OWN-NAME",
        "one  mimi-transport-01  blocked      401 invalid_signature T-VERIFICATION-KEY-USE",
        "mimi-transport-00: 0 succeed, 0 visible, 1 blocked, 0 unsupported",
        "mimi-transport-01: 0 succeed, 0 visible, 1 blocked, 0 unsupported",
    ]


def test_documents_beside_it(folder: Path) -> None:
    names = ("c.html", "c.md", "c.svg", "c.json")
    outputs = [word for name in names for word in ("-o", name)]
    assert mimi_sim("compare", *BOTH, "one.yaml", *outputs, cwd=folder).code == 0
    assert all((folder / name).stat().st_size for name in names)
    assert json.loads((folder / "c.json").read_text())["attacks"][0]["id"] == "one"


def test_json_on_standard_output_is_alone_there(folder: Path) -> None:
    ended = mimi_sim("compare", *BOTH, "one.yaml", "--json", "-", cwd=folder)
    assert [each["name"] for each in json.loads(ended.out)["drafts"]] == list(BOTH[1::2])


def test_a_table_on_a_terminal(folder: Path) -> None:
    assert "mimi-transport-01" in on_a_terminal("compare", *BOTH, "one.yaml", cwd=folder).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--draft", "mimi-transport-0"), "did you mean"),
        (("--waive", "T-SECURITY-RECIPIANT"), "T-SECURITY-RECIPIENT"),
        (("-o", "c.txt"), "the suffix says how to write it"),
        (("gone.yaml",), "gone.yaml"),
    ],
)
def test_bad_usage(arguments: tuple[str, ...], words: str, folder: Path) -> None:
    ended = mimi_sim("compare", *arguments, cwd=folder)
    assert ended.code == 2
    assert words in ended.err


def test_ctrl_c_ends_it_in_order(folder: Path) -> None:
    (folder / "one.yaml").write_text(TOPOLOGY + "  - interrupt: {}\n")
    program = [sys.executable, "-c", INTERRUPTING]
    ended = as_process("compare", *BOTH, "one.yaml", cwd=folder, program=program)
    assert (ended.code, ended.out, ended.err) == (130, "", "interrupted: 0 runs had ended\n")


def test_a_bug_in_the_simulator_is_told_as_one_and_the_rest_is_shown(folder: Path) -> None:
    (folder / "two.yaml").write_text(TOPOLOGY + "  - broken: {}\n")
    ended = as_process("compare", *BOTH, "one.yaml", "two.yaml", cwd=folder, program=[sys.executable, "-c", FAULTY])
    assert ended.code == 3
    assert ended.out.startswith("one  mimi-transport-00  blocked")
    assert ended.err.count("the simulator broke at broken") == len(BOTH) // 2
