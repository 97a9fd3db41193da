from dataclasses import replace
from types import MappingProxyType

import msgspec
import pytest

from simulator.drafts import DRAFTS
from simulator.rules import Requirement
from simulator.scenario import Result, ScenarioResult
from simulator.scenario.claims import Claim, Verdict
from simulator.scenario.coverage import Coverage, Row, coverage
from tests.scenario.coverings import DRAFT, EXCUSED, FIRST, HOLE, SECOND, SHOWN, TWICE, covering, ended
from tests.scenario.parted import HEAD

PASSED = Result.passed
FORWARDED, OLD = covering("bad/forwarded.yaml", SHOWN), covering("bad/old-tls.yaml")
BOTH = {FIRST: (TWICE,), SECOND: (SHOWN,)}


def rows(found: Coverage) -> dict[str, Row]:
    return {row.requirement.id: row for row in found.rows}


def own(found: Coverage) -> list[Row]:
    return [row for row in found.rows if row.own]


def measured(*results: ScenarioResult) -> Coverage:
    return coverage(DRAFT, (FORWARDED, OLD), results)


def test_each_requirement_is_claimed_by_scenarios_or_steps_or_excused_or_a_hole() -> None:
    found = own(measured())
    assert [(row.requirement, row.scenarios, row.is_hole) for row in found] == [
        (SHOWN, ("bad/forwarded",), False),
        (TWICE, ("bad/forwarded", "bad/old-tls"), False),
        (EXCUSED, (), False),
        (HOLE, (), True),
    ]
    assert [row.claimed_by for row in found] == [
        "bad/forwarded",
        "bad/forwarded:11, bad/old-tls:11",
        "a sketch",
        "NOTHING",
    ]
    assert [(row.result, row.seen_in) for row in found] == [(None, "")] * 4
    assert measured().holes == (found[3],)


def test_rules_of_no_draft_are_rows_and_no_holes_in_a_draft_of_somebody_s_own() -> None:
    others = [row for row in measured().rows if not row.own]
    assert len({row.requirement.id for row in others}) == len(others)
    assert not any(row.is_hole for row in others)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RFC9420-7.3-EXPIRED", True),
        ("RFC9420-17.1-UNSUPPORTED-CIPHER-SUITE", False),  # it can't be switched off
        ("MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD", False),  # one part can't be, and the other has a reason
    ],
)
def test_rules_of_no_draft_are_expected_in_the_simulator_s_own_drafts(rule: str, expected: bool) -> None:
    row = rows(coverage(DRAFTS[0], ()))[rule]
    assert (row.own, row.expected, row.is_hole) == (False, expected, expected)
    assert not rows(measured())[rule].expected


def test_the_draft_can_say_why_nobody_can_break_a_requirement() -> None:
    excusing = replace(DRAFT, unshown=MappingProxyType({HOLE.id: "nobody asks"}))
    row = rows(coverage(excusing, (FORWARDED,)))[HOLE.id]
    assert (row.is_hole, row.claimed_by) == (False, "nobody asks")


def test_where_it_is_seen_is_told_whether_it_is_claimed_there_or_not() -> None:
    found = rows(measured(ended(FORWARDED, PASSED, PASSED, seen=BOTH), ended(OLD, PASSED, PASSED, seen=BOTH)))
    assert found[SHOWN.id].seen == {"bad/forwarded": (SECOND,), "bad/old-tls": (SECOND,)}
    assert found[SHOWN.id].seen_in == f"bad/forwarded:{SECOND} and 1 more"
    assert (found[SHOWN.id].result, found[TWICE.id].result) == (Verdict.seen, Verdict.seen)


def test_a_file_that_makes_several_scenarios_counts_once() -> None:
    two = [covering("bad/forwarded.yaml", SHOWN, id_=f"bad/forwarded[suite={suite}]") for suite in (1, 3)]
    good, bad = ended(two[0], PASSED, PASSED, seen=BOTH), ended(two[1], PASSED, PASSED)
    row = rows(coverage(DRAFT, two, [good, bad]))[SHOWN.id]
    assert (row.claims, row.scenarios) == ({Claim(SHOWN.id, "bad/forwarded"): Verdict.not_seen}, ("bad/forwarded",))


def test_scenarios_and_runs_in_another_draft_say_nothing_of_this_one() -> None:
    topology = msgspec.structs.replace(FORWARDED.topology, draft="another")
    elsewhere = replace(FORWARDED, content=msgspec.structs.replace(FORWARDED.content, topology=topology))
    ran = [ended(FORWARDED, PASSED, PASSED, seen=BOTH), ended(elsewhere, Result.failed, Result.not_run)]
    assert rows(coverage(DRAFT, (FORWARDED, elsewhere), ran))[SHOWN.id].result is Verdict.seen
    assert not any(row.claims for row in coverage(DRAFT, (elsewhere,)).rows)


def test_the_summary_counts_and_names_the_holes_and_what_no_run_shows() -> None:
    assert own_lines(measured()) == [
        "4 requirements of mimi-transport-00: 2 claimed, 1 with a reason, 1 holes",
        "  DS-INTRO-ORDER",
    ]
    assert own_lines(measured(ended(FORWARDED, PASSED, PASSED, seen={SECOND: (SHOWN,)}))) == [
        "4 requirements of mimi-transport-00: 2 claimed, 1 with a reason, 1 holes",
        "  DS-INTRO-ORDER",
        "of those claimed: 1 not seen, 1 seen",
        "  bad/forwarded:11: claims T-TRANSPORT-TLS13, which is not seen there",
    ]
    failed = measured(ended(OLD, Result.failed, Result.not_run))
    assert own_lines(failed)[-1] == "of those claimed: 1 failed, 1 not run"


def own_lines(found: Coverage) -> list[str]:
    return [line for line in found.summary.splitlines() if " rules of no draft" not in line]


@pytest.mark.parametrize("claimed", [True, False])
@pytest.mark.parametrize("expected", [True, False])
def test_a_row_of_no_draft_may_be_unclaimed_unless_it_is_expected(claimed: bool, expected: bool) -> None:
    requirement = Requirement("RFC9420-1", "RFC 9420", "1", "One.")
    row = Row(requirement, {Claim("RFC9420-1", "bad/one"): None} if claimed else {}, own=False, expected=expected)
    assert row.is_unclaimed is not claimed
    assert row.is_hole is (expected and not claimed)
    summary = Coverage("a-draft", (row,)).summary
    assert f"1 rules of no draft: {int(claimed)} claimed, 0 with a reason, {int(not claimed)} unclaimed" in summary


def test_a_check_of_a_requirement_is_claimed_with_it() -> None:
    one = covering("bad/one.yaml", steps=f"\n  - create_group: alice\n    note: {HEAD.id}\n")
    (entry,) = one.steps
    checked = replace(one, content=msgspec.structs.replace(one.content, steps=(replace(entry, covers=(HEAD.id,)),)))
    found = coverage(replace(DRAFT, declares=("tests.scenario.parted",)), (checked,))
    assert list(rows(found)[SHOWN.id].claims) == [Claim(HEAD.id, "bad/one", FIRST)]
