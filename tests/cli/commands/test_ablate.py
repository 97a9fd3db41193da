"""`mimi-sim ablate`."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.process import PASSING, as_process, mimi_sim, on_a_terminal
from tests.cli.running.test_ablating import ODD

TOPOLOGY = PASSING[: PASSING.index("steps:\n") + len("steps:\n")]
REFUSED = f"{TOPOLOGY}{ODD}    expect: {{error: wrong_recipient}}\n"
RULE = ("--rule", "T-SECURITY-RECIPIENT")

INTERRUPTING = """
import os, signal, trio
from simulator.scenario.step import Step
from simulator.scenario.steps import STEPS
from simulator.__main__ import main

class Interrupt(Step, frozen=True, tag="interrupt"):
    async def run(self, context):
        os.kill(os.getpid(), signal.SIGINT)
        await trio.sleep_forever()

STEPS["interrupt"] = Interrupt
main()
"""
"""The command line where a step presses Ctrl-C."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(REFUSED)
    (tmp_path / "anyhow.yaml").write_text(f"{TOPOLOGY}{ODD}    expect: {{may_fail: true}}\n")
    (tmp_path / "failing.yaml").write_text(TOPOLOGY + ODD)
    return tmp_path


def rules(folder: Path, file: str = "found.json") -> dict[str, dict]:
    return {each["id"]: each for each in json.loads((folder / file).read_text())["rules"]}


def test_a_rule_that_a_scenario_misses_is_noticed(folder: Path) -> None:
    ended = mimi_sim("ablate", "one.yaml", "anyhow.yaml", *RULE, "--json", "found.json", cwd=folder)
    lines = ended.out.splitlines()
    noticed = next(line for line in lines if " noticed " in line)
    assert "one.yaml:9 request: expected error wrong_recipient, but it succeeded" in noticed
    assert any(each["noticed_by"] == ["one"] and each["reason"] is None for each in rules(folder).values())
    assert ended.err == ""


def test_one_that_no_scenario_misses_is_a_hole_and_a_failure(folder: Path) -> None:
    ended = mimi_sim("ablate", "anyhow.yaml", *RULE, cwd=folder)
    assert ended.code == 1
    assert "HOLE: no scenario notices: 1 breaks it and passes without it" in ended.out
    assert ended.out.splitlines()[-1].startswith("  hole: T-SECURITY-RECIPIENT: ")


def test_the_same_is_written_twice(folder: Path) -> None:
    for name in ("first", "second"):
        outputs = ("--json", f"{name}.json", "-o", f"{name}.html")
        mimi_sim("ablate", "one.yaml", "anyhow.yaml", *RULE, *outputs, cwd=folder)
    for suffix in ("json", "html"):
        assert (folder / f"first.{suffix}").read_bytes() == (folder / f"second.{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("one.yaml", "--rule", "T-SECURITY-RECIPIENTS"),
            "--rule T-SECURITY-RECIPIENTS: no rule has this ID (did you ",
        ),
        (("one.yaml", *RULE, "-o", "table.txt"), "-o table.txt: the suffix says how to write it: .html, .md, .json"),
        (("one.yaml", *RULE, "-o", "nowhere/table.md"), "-o nowhere/table.md: there is no folder nowhere"),
        (("one.yaml", *RULE, "--json", "."), "--json .: this is a folder"),
        (("one.yaml", *RULE, "--json", "x.json", "-o", "x.json"), "-o x.json: --json writes to this file"),
        (("on.yaml", *RULE), 'there is no such file or folder (did you mean "one.yaml"?)'),
        (
            ("failing.yaml", *RULE),
            "failing does not pass though every rule is kept, so that it says nothing about rules",
        ),
    ],
)
def test_bad_usage(folder: Path, arguments: tuple[str, ...], complaint: str) -> None:
    ended = mimi_sim("ablate", *arguments, cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err


def test_who_looks_sees_a_table(folder: Path) -> None:
    ended = on_a_terminal("ablate", "one.yaml", *RULE, cwd=folder)
    assert "noticed" in ended.out
    assert "T: Transport Security and Authentication" in ended.out


def test_ctrl_c_ends_it(folder: Path) -> None:
    (folder / "interrupt.yaml").write_text(TOPOLOGY + "  - interrupt: {}\n")
    program = [sys.executable, "-c", INTERRUPTING]
    ended = as_process("ablate", "one.yaml", "interrupt.yaml", *RULE, cwd=folder, program=program)
    assert (ended.code, ended.out, ended.err) == (130, "", "interrupted: 1 run had ended\n")
