import csv
import io
import json
import re
from dataclasses import replace

import msgspec
import pytest

from simulator.drafts import DRAFTS
from simulator.rules import Requirement
from simulator.scenario import Result, Scenario, ScenarioResult, StepResult
from simulator.scenario.coverage import Coverage, Row, coverage, to_csv, to_json, to_markdown
from tests.scenario.small_scenarios import scenario

SHOWN = Requirement("T-SECURITY-RECIPIENT", "T", "Security", "Refuse what is for others.")
TWICE = Requirement("T-TRANSPORT-TLS13", "T", "Security", "TLS 1.3 | newer.")
EXCUSED = Requirement("DS-RBAC-ADMINS", "DS", "Roles", "Only admins do.", "a sketch")
HOLE = Requirement("DS-INTRO-ORDER", "DS", "Introduction", "One order.")
DRAFT = replace(DRAFTS[0], requirements=(SHOWN, TWICE, EXCUSED, HOLE))


def covering(file: str, *requirements: Requirement, id_: str | None = None) -> Scenario:
    covers = tuple(each.id for each in requirements)
    content = msgspec.structs.replace(scenario("  - expect: {requests: {count: 0}}").content, covers=covers)
    return Scenario(id_ or file.removesuffix(".yaml"), file, content)


def ended(scenario: Scenario, result: Result) -> ScenarioResult:
    return ScenarioResult(scenario, 1, 0.1, (StepResult("expect", 1, result),), 0)


FORWARDED = covering("bad/forwarded.yaml", SHOWN, TWICE)
OLD = covering("bad/old-tls.yaml", TWICE)


def test_each_requirement_is_shown_by_the_files_that_say_so_or_excused_or_a_hole() -> None:
    found = coverage(DRAFT, (FORWARDED, OLD))
    assert [(row.requirement, row.scenarios, row.is_hole) for row in found.rows] == [
        (SHOWN, ("bad/forwarded",), False),
        (TWICE, ("bad/forwarded", "bad/old-tls"), False),
        (EXCUSED, (), False),
        (HOLE, (), True),
    ]
    assert [row.requirement for row in found.holes] == [HOLE]
    assert [row.shown_by for row in found.rows] == [
        "bad/forwarded",
        "bad/forwarded, bad/old-tls",
        "a sketch",
        "NOTHING",
    ]
    assert [row.result for row in found.rows] == [None] * 4


def test_a_file_that_makes_several_scenarios_counts_once() -> None:
    two = [covering("bad/forwarded.yaml", SHOWN, id_=f"bad/forwarded[suite={suite}]") for suite in (1, 3)]
    found = coverage(DRAFT, two, [ended(two[0], Result.passed), ended(two[1], Result.failed)])
    assert (found.rows[0].scenarios, found.rows[0].result) == (("bad/forwarded",), Result.failed)


def test_scenarios_of_another_draft_show_nothing_of_this_one() -> None:
    other = replace(DRAFT, name="another")
    assert [row.scenarios for row in coverage(other, (FORWARDED,)).rows] == [()] * 4


def test_what_came_of_a_file_in_another_draft_is_not_counted() -> None:
    topology = msgspec.structs.replace(FORWARDED.topology, draft="another")
    elsewhere = replace(FORWARDED, content=msgspec.structs.replace(FORWARDED.content, topology=topology))
    found = coverage(DRAFT, (FORWARDED, elsewhere), [ended(FORWARDED, Result.passed), ended(elsewhere, Result.failed)])
    assert found.rows[0].result is Result.passed


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (Result.passed, Result.passed, Result.passed),
        (Result.passed, Result.failed, Result.failed),
        (Result.fault, Result.failed, Result.fault),
        (Result.passed, Result.unsupported, Result.passed),
        (Result.skipped, Result.unsupported, Result.unsupported),
        (Result.skipped, Result.skipped, Result.skipped),
    ],
)
def test_the_result_of_several_scenarios(first: Result, second: Result, together: Result) -> None:
    found = coverage(DRAFT, (FORWARDED, OLD), [ended(FORWARDED, first), ended(OLD, second)])
    assert found.rows[1].result is together
    assert found.rows[0].result is first
    assert found.rows[3].result is None


def measured() -> Coverage:
    return coverage(DRAFT, (FORWARDED, OLD), [ended(FORWARDED, Result.passed)])


def test_the_summary_counts_and_names_the_holes() -> None:
    assert measured().summary.splitlines() == [
        "4 requirements of mimi-transport-00: 2 covered, 1 with a reason, 1 holes",
        "  DS-INTRO-ORDER",
        "of those covered: 2 passed",
    ]
    one_of_two = coverage(DRAFT, (FORWARDED, OLD), [ended(OLD, Result.passed)])
    assert one_of_two.summary.splitlines()[-1] == "of those covered: 1 passed, 1 not run"
    without = replace(DRAFT, requirements=(SHOWN,))
    assert coverage(without, (FORWARDED,)).summary == (
        "1 requirements of mimi-transport-00: 1 covered, 0 with a reason, 0 holes"
    )


def test_as_json() -> None:
    content = json.loads(to_json(measured()))
    assert content["draft"] == "mimi-transport-00"
    assert content["summary"] == {"requirements": 4, "covered": 2, "holes": 1}
    assert content["requirements"][0] == {
        "id": "T-SECURITY-RECIPIENT",
        "source": "T",
        "section": "Security",
        "text": "Refuse what is for others.",
        "reason": None,
        "scenarios": ["bad/forwarded"],
        "result": "passed",
    }
    assert content["requirements"][3]["result"] is None


def test_as_markdown() -> None:
    lines = to_markdown(measured()).splitlines()
    assert lines[0] == "# Coverage of mimi-transport-00"
    assert [line for line in lines if line.startswith("## ")] == [
        "## T: Security",
        "## DS: Roles",
        "## DS: Introduction",
    ]
    assert "| T-TRANSPORT-TLS13 | TLS 1.3 \\| newer. | bad/forwarded, bad/old-tls | passed |" in lines
    assert "| DS-INTRO-ORDER | One order. | NOTHING |  |" in lines


def test_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(measured()))))
    assert [row["id"] for row in rows] == [each.id for each in DRAFT.requirements]
    assert rows[1]["scenarios"] == "bad/forwarded bad/old-tls"
    assert rows[1]["result"] == "passed"
    assert rows[2]["reason"] == "a sketch"


ROW = Row(Requirement("T-1", "T", "Security", "One."), (), None)


@pytest.mark.parametrize("file", ["=cmd|' /C calc'!A0", "+1", "-1", "@sum", "\t=1", "=1\x1b"])
def test_no_file_is_a_formula_for_a_spreadsheet(file: str) -> None:
    measured = Coverage("a-draft", (replace(ROW, scenarios=(file,)),))
    (row,) = csv.DictReader(io.StringIO(to_csv(measured)))
    assert row["scenarios"] == "'" + file.replace("\x1b", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize(
    "file", ["<script>alert(1)</script>", "[a](javascript:b)", "*x*", "`c`", "a|b", "![i](u)", "&lt;"]
)
def test_no_file_is_markup_for_markdown(file: str) -> None:
    lines = to_markdown(Coverage("a-draft", (replace(ROW, scenarios=(file,)),))).splitlines()
    shown = re.fullmatch(r"\| T-1 \| One\. \| (.*) \|  \|", lines[-1])
    assert shown
    assert re.sub(r"\\(.)", r"\1", shown[1]) == file
    assert not re.search(r"(?<!\\)[<>\[\]*`|&]", shown[1])


def test_no_file_name_breaks_a_line_or_turns_it() -> None:
    measured = Coverage("a-draft", (replace(ROW, scenarios=("a\n\u202eb",)),))
    for text in (to_markdown(measured), to_csv(measured)):
        assert "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b" in text
