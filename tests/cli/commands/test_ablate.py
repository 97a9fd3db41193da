"""`mimi-sim ablate`."""

import json
import re
import sys
from pathlib import Path
from random import Random

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.scenario.ablation import subjects
from tests.cli.process import PASSING, ROOT, as_process, mimi_sim, on_a_terminal
from tests.cli.running.test_ablating import ODD

TOPOLOGY = PASSING[: PASSING.index("steps:\n") + len("steps:\n")]
REFUSED = f"{TOPOLOGY}{ODD}    expect: {{error: wrong_recipient}}\n"
TABLE = ROOT / "scenarios" / "ABLATION.md"
RULE = ("--rule", "T-SECURITY-RECIPIENT")
NOTICED = "noticed by "

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
    assert ended.out.splitlines()[-1].startswith("  hole: T-SECURITY-RECIPIENT/OWN-NAME: ")


def test_the_same_is_written_twice(folder: Path) -> None:
    for name in ("first", "second"):
        outputs = ("--json", f"{name}.json", "-o", f"{name}.html")
        mimi_sim("ablate", "one.yaml", "anyhow.yaml", *RULE, *outputs, cwd=folder)
    for suffix in ("json", "html"):
        assert (folder / f"first.{suffix}").read_bytes() == (folder / f"second.{suffix}").read_bytes()


def test_json_is_alone_on_standard_output(folder: Path) -> None:
    ended = mimi_sim("ablate", "one.yaml", *RULE, "--json", "-", cwd=folder)
    assert [each["scenarios"] for each in json.loads(ended.out)["drafts"]] == [1]
    assert "noticed" in ended.err


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


def table() -> dict[str, dict[str, str]]:
    """The committed table by draft: each rule of it, and what is said of it."""
    cells = [re.split(r"(?<!\\) ?\| ?", line)[1:-1] for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    head, *rows = [[re.sub(r"\\(.)", r"\1", cell) for cell in row] for row in cells]
    found = {draft: {row[0]: row[3 + place] for row in rows if row != head} for place, draft in enumerate(head[3:])}
    return {draft: {rule: said for rule, said in rules.items() if said} for draft, rules in found.items()}


WRITTEN = [draft for draft in DRAFTS if draft.name in table()]


def test_the_committed_table_has_the_rules_of_today() -> None:
    written = {draft: set(rules) for draft, rules in table().items()}
    today = {draft.name: {each.id for each in subjects(draft)} for draft in WRITTEN}
    assert written == today, "run: make ablate"


def test_the_committed_table_has_no_hole_and_is_not_too_large_to_read() -> None:
    holes = [
        (draft, rule) for draft, rules in table().items() for rule, said in rules.items() if said.startswith("HOLE")
    ]
    assert holes == []
    assert TABLE.stat().st_size < 250_000


SAMPLE = 6
"""Of each draft."""


@pytest.mark.parametrize("draft", WRITTEN, ids=lambda draft: draft.name)
def test_a_sample_of_the_committed_table_holds(draft: Draft, tmp_path: Path) -> None:
    said = table()[draft.name].items()
    noticed = [(rule, words.removeprefix(NOTICED)) for rule, words in said if words.startswith(NOTICED)]
    start = Random(1).randrange(len(noticed))
    sample = dict((noticed[(start + number * len(noticed) // SAMPLE) % len(noticed)]) for number in range(SAMPLE))
    wanted = [word for rule in sample for word in ("--rule", rule)]
    options = ("--draft", draft.name, "--json", str(tmp_path / "found.json"))
    mimi_sim("ablate", *dict.fromkeys(sample.values()), *wanted, *options, cwd=ROOT)
    found = rules(tmp_path)
    assert {rule: scenario in found[rule]["noticed_by"] for rule, scenario in sample.items()} == dict.fromkeys(
        sample, True
    )
