"""The verdict on a rule, and why."""

import pytest

from simulator.machine import MachineFailure
from simulator.scenario import Mismatch, Result, StepResult
from simulator.scenario.ablation import Row, Verdict
from simulator.scenario.ablation.rows import notice
from tests.cli.results import FAULT, PASSED, SKIPPED, result
from tests.scenario.ablation.found import (
    CAUGHT,
    ESSENTIAL,
    EXPLAINED,
    FOUND,
    HOLE,
    NOTICED,
    REDUNDANT,
    UNSEEN,
    subject,
)


@pytest.mark.parametrize(
    ("row", "verdict", "reason"),
    [
        (NOTICED, Verdict.noticed, None),
        (REDUNDANT, Verdict.redundant, "redundant with BOTH/B and C: waived together, s/one notices"),
        (CAUGHT, Verdict.redundant, "without C too, DECODES refuses it, which can't be switched off, in s/one"),
        (EXPLAINED, Verdict.explained, "no bytes can do it"),
        (ESSENTIAL, Verdict.essential, "can't be switched off: there is nothing to go on with"),
        (HOLE, Verdict.hole, None),
        (UNSEEN, Verdict.hole, None),
    ],
)
def test_a_rule_has_one_verdict(row: Row, verdict: Verdict, reason: str | None) -> None:
    assert (row.verdict, row.reason) == (verdict, reason)


def test_a_hole_says_what_was_tried() -> None:
    assert HOLE.hole == "no scenario notices: 1 breaks it and passes without it, where C refuses then"
    assert UNSEEN.hole == "no scenario breaks it"
    kept = Row(subject("KEPT"), ("s/one",), always_kept=True)
    assert kept.hole == "it refuses all the same, so that it is essential: say why"


def test_the_summary_counts_and_the_details_name_what_to_look_at() -> None:
    assert FOUND.summary == (
        "7 rules of a-draft in 2 scenarios: 1 noticed, 2 redundant with another, 1 explained, "
        "1 can't be switched off, 2 holes"
    )
    assert FOUND.details == (
        "redundant: BOTH/A with BOTH/B and C",
        "redundant: CAUGHT with C and DECODES",
        f"hole: HOLE: {HOLE.hole}",
        "holes: no scenario breaks UNSEEN",
    )


def test_a_scenario_notices_by_failing_and_says_where_first() -> None:
    steps = (
        StepResult("offline", 9, Result.passed),
        StepResult("send", 12, Result.failed, "", (Mismatch(13, "one", "two\x00"),), file="part.yaml"),
        StepResult("send", 14, Result.not_run),
    )
    said = notice(result("s/one", *steps))
    assert said is not None
    assert said.words == "part.yaml:12 send: expected one, but two\N{REPLACEMENT CHARACTER}"


def test_what_breaks_the_simulator_is_noticed_too() -> None:
    said = notice(FAULT)
    assert said is not None
    assert said.words == "broken.yaml:12 send: breaks: KeyError: 'x'"


def test_who_passes_or_is_left_out_notices_nothing() -> None:
    assert (notice(PASSED), notice(SKIPPED)) == (None, None)


def test_a_machine_that_can_not_do_it_says_nothing_about_rules() -> None:
    failure = MachineFailure("no more files")
    with pytest.raises(MachineFailure):
        notice(result("s", StepResult("send", 1, Result.fault, str(failure), error=failure)))
