import csv
import io
import json
import re
from dataclasses import replace

import pytest

from simulator.rules import Nature, Requirement
from simulator.scenario import Result
from simulator.scenario.claims import Claim
from simulator.scenario.coverage import Coverage, Row, coverage
from simulator.scenario.coverage_files import to_csv, to_json, to_markdown
from tests.scenario.coverings import DRAFT, FIRST, SECOND, SHOWN, TWICE, covering, ended

FORWARDED, OLD = covering("bad/forwarded.yaml", SHOWN), covering("bad/old-tls.yaml")
IDS = [each.id for each in DRAFT.requirements]


def measured() -> Coverage:
    ran = ended(FORWARDED, Result.passed, Result.passed, seen={FIRST: (TWICE,), SECOND: (SHOWN, TWICE)})
    found = coverage(DRAFT, (FORWARDED, OLD), [ran])
    return replace(found, rows=tuple(row for row in found.rows if row.own))


def test_as_json() -> None:
    content = json.loads(to_json(measured()))
    assert content["draft"] == "mimi-transport-00"
    assert content["summary"] == {"requirements": 4, "covered": 2, "holes": 1, "unclaimed": 1, "not_seen": 0}
    assert content["requirements"][1] == {
        "id": "T-TRANSPORT-TLS13",
        "source": "T",
        "section": "Security",
        "text": "TLS 1.3 | newer.",
        "nature": "prohibition",
        "reason": None,
        "scenarios": ["bad/forwarded", "bad/old-tls"],
        "claims": [
            {"id": TWICE.id, "scenario": "bad/forwarded", "part": None, "line": FIRST, "result": "seen"},
            {"id": TWICE.id, "scenario": "bad/old-tls", "part": None, "line": FIRST, "result": None},
        ],
        "seen": [{"scenario": "bad/forwarded", "lines": [FIRST, SECOND]}],
        "result": "seen",
    }
    assert content["requirements"][2]["nature"] is None
    assert content["requirements"][3]["result"] is None
    assert Nature.duty == "duty"


def test_as_markdown() -> None:
    lines = to_markdown(measured()).splitlines()
    assert lines[0] == "# Coverage of mimi-transport-00"
    assert [line for line in lines if line.startswith("## ")] == [
        "## T: Security",
        "## DS: Roles",
        "## DS: Introduction",
    ]
    claimed = "bad/forwarded:11, bad/old-tls:11"
    assert f"| T-TRANSPORT-TLS13 | TLS 1.3 \\| newer. | {claimed} | bad/forwarded:11,13 | seen |" in lines
    assert "| DS-INTRO-ORDER | One order. | NOTHING |  |  |" in lines


def test_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(measured()))))
    assert [row["id"] for row in rows] == IDS
    assert rows[1]["claimed"] == "bad/forwarded:11 bad/old-tls:11"
    assert rows[1]["seen"] == "bad/forwarded:11 bad/forwarded:13"
    assert rows[1]["result"] == "seen"
    assert rows[2]["reason"] == "a sketch"


def one(file: str) -> Coverage:
    return Coverage("a-draft", (Row(Requirement("T-1", "T", "Security", "One."), {Claim("T-1", file): None}),))


@pytest.mark.parametrize("file", ["=cmd|' /C calc'!A0", "+1", "-1", "@sum", "\t=1", "=1\x1b"])
def test_no_file_is_a_formula_for_a_spreadsheet(file: str) -> None:
    (row,) = csv.DictReader(io.StringIO(to_csv(one(file))))
    assert row["claimed"] == "'" + file.replace("\x1b", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize(
    "file", ["<script>alert(1)</script>", "[a](javascript:b)", "*x*", "`c`", "a|b", "![i](u)", "&lt;"]
)
def test_no_file_is_markup_for_markdown(file: str) -> None:
    lines = to_markdown(one(file)).splitlines()
    shown = re.fullmatch(r"\| T-1 \| One\. \| (.*) \|  \|  \|", lines[-1])
    assert shown
    assert re.sub(r"\\(.)", r"\1", shown[1]) == file
    assert not re.search(r"(?<!\\)[<>\[\]*`|&]", shown[1])


def test_no_file_name_breaks_a_line_or_turns_it() -> None:
    for text in (to_markdown(one("a\n\u202eb")), to_csv(one("a\n\u202eb"))):
        assert "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b" in text
