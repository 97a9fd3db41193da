"""Faults of our own: said to be ours, with a traceback only for those who ask."""

import sys
from pathlib import Path

import pytest

from tests.cli.process import FAULTY, PASSING, as_process

WITH_A_BROKEN_STEP = [sys.executable, "-c", FAULTY]

WITH_A_BROKEN_COMMAND = [
    sys.executable,
    "-c",
    """
from simulator.cli.commands import COMMANDS

def break_down() -> None:
    raise ZeroDivisionError("a bug")

COMMANDS["break-down"] = break_down

from simulator.__main__ import main

main()
""",
]

INTERRUPTED_EARLY = [
    sys.executable,
    "-c",
    """
import sys
from simulator.__main__ import main

class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "simulator.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
main()
""",
]


@pytest.fixture
def scenario(folder: Path) -> str:
    (folder / "broken.yaml").write_text(PASSING + "  - broken: {}\n")
    return "broken.yaml"


def test_a_fault_in_a_scenario_is_no_failure_of_it(folder: Path, scenario: str) -> None:
    ended = as_process("run", scenario, "failing.yaml", "--json", "out.json", cwd=folder, program=WITH_A_BROKEN_STEP)
    assert ended.code == 3
    lines = ended.out.splitlines()
    assert lines[0].startswith("FAULT   broken")
    assert lines[1:4] == [
        "  broken.yaml:14: broken",
        "    the simulator itself failed, not the scenario: ZeroDivisionError: a bug",
        "    run it again with --debug for the traceback",
    ]
    assert lines[-1].startswith("2 scenarios: 1 failed, 1 fault")
    assert "Traceback" not in ended.out + ended.err
    assert '"result": "fault"' in (folder / "out.json").read_text()


def test_its_traceback_for_those_who_ask(folder: Path, scenario: str) -> None:
    ended = as_process("run", scenario, "--debug", cwd=folder, program=WITH_A_BROKEN_STEP)
    assert ended.code == 3
    assert "Traceback" in ended.out
    assert "ZeroDivisionError: a bug" in ended.out


def test_a_fault_of_the_command_line_itself(folder: Path) -> None:
    ended = as_process("break-down", cwd=folder, program=WITH_A_BROKEN_COMMAND)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.splitlines() == [
        "mimi-sim: the simulator itself failed: ZeroDivisionError: a bug",
        "run it again with --debug for the traceback",
    ]


def test_ctrl_c_while_it_is_still_being_loaded(folder: Path) -> None:
    ended = as_process("run", cwd=folder, program=INTERRUPTED_EARLY)
    assert (ended.code, ended.out, ended.err) == (130, "", "")


@pytest.mark.parametrize("switch", ["-O", "-OO", "-u"])
def test_a_warning_about_a_file_is_a_line_on_standard_error(folder: Path, switch: str) -> None:
    (folder / "later.yaml").write_text(f"%YAML 1.3\n---\n{PASSING}")
    ended = as_process("check", "later.yaml", cwd=folder, program=[sys.executable, switch, "-m", "simulator"])
    assert (ended.code, ended.out) == (0, "1 file, 1 scenario: all in order\n")
    assert ended.err == "warning: later.yaml:1:1: YAML 1.3 is read as YAML 1.2\n"


def test_its_traceback_whatever_the_command(folder: Path) -> None:
    ended = as_process("break-down", "--debug", cwd=folder, program=WITH_A_BROKEN_COMMAND)
    assert ended.code == 3
    assert "Traceback" in ended.err
    assert "ZeroDivisionError: a bug" in ended.err
