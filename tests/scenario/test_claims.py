"""What scenarios claim, and what runs say of it."""

import pytest

from simulator.rules import Requirement
from simulator.scenario import Result
from simulator.scenario.claims import Claim, Verdict, claims, unshown, verdict, worst
from tests.scenario.coverings import FIRST, SECOND, SHOWN, TWICE, covering, ended

PASSED, FAILED, FAULT, NOT_RUN, SKIPPED = Result.passed, Result.failed, Result.fault, Result.not_run, Result.skipped
SCENARIO = covering("bad/forwarded.yaml", SHOWN)
WHOLE, STEP = Claim(SHOWN.id, "bad/forwarded"), Claim(TWICE.id, "bad/forwarded", FIRST)


def test_a_scenario_claims_as_a_whole_and_by_its_steps() -> None:
    assert list(claims(SCENARIO)) == [WHOLE, STEP]
    assert [str(WHOLE), str(STEP)] == ["bad/forwarded", "bad/forwarded:11"]
    assert str(Claim("T-1", "bad/forwarded", 3, "bad/team.yaml")) == "bad/team.yaml:3"


@pytest.mark.parametrize(
    ("results", "seen", "of_step"),
    [
        ((PASSED, PASSED), {FIRST: (TWICE,)}, Verdict.seen),
        ((PASSED, PASSED), {SECOND: (TWICE,)}, Verdict.not_seen),
        ((FAILED, NOT_RUN), {FIRST: (TWICE,)}, Verdict.failed),
        ((FAULT, NOT_RUN), {}, Verdict.failed),
        ((PASSED, FAILED), {FIRST: (TWICE,)}, Verdict.seen),
        ((PASSED, FAILED), {}, Verdict.not_seen),
        ((NOT_RUN, NOT_RUN), {}, Verdict.not_judged),
        ((SKIPPED, PASSED), {}, Verdict.not_judged),
    ],
)
def test_a_step_s_claim_is_judged_by_that_step(
    results: tuple[Result, ...], seen: dict[int, tuple[Requirement, ...]], of_step: Verdict
) -> None:
    assert verdict(STEP, [ended(SCENARIO, *results, seen=seen)]) is of_step


@pytest.mark.parametrize(
    ("results", "seen", "of_whole"),
    [
        ((PASSED, PASSED), {SECOND: (SHOWN,)}, Verdict.seen),
        ((PASSED, PASSED), {}, Verdict.not_seen),
        ((PASSED, FAILED), {FIRST: (SHOWN,)}, Verdict.seen),
        ((PASSED, FAILED), {SECOND: (SHOWN,)}, Verdict.failed),
        ((FAILED, NOT_RUN), {}, Verdict.not_judged),
        ((FAULT, NOT_RUN), {}, Verdict.not_judged),
        ((PASSED, SKIPPED), {}, Verdict.not_judged),
        ((SKIPPED, SKIPPED), {}, Verdict.not_judged),
    ],
)
def test_a_scenario_s_claim_is_judged_by_all_of_it(
    results: tuple[Result, ...], seen: dict[int, tuple[Requirement, ...]], of_whole: Verdict
) -> None:
    assert verdict(WHOLE, [ended(SCENARIO, *results, seen=seen)]) is of_whole


def test_one_round_of_a_repeated_step_is_enough() -> None:
    steps = "\n  - create_group: alice\n    repeat: 2\n    covers: T-TRANSPORT-TLS13\n"
    repeated = covering("bad/forwarded.yaml", steps=steps)
    result = ended(repeated, PASSED, PASSED)
    first, second = result.steps
    object.__setattr__(second, "seen", (TWICE.id,))
    assert first.line == second.line == FIRST
    assert verdict(STEP, [result]) is Verdict.seen


def test_the_worst_of_several_runs_counts_and_other_files_do_not() -> None:
    good = ended(SCENARIO, PASSED, PASSED, seen={FIRST: (TWICE,)})
    bad = ended(SCENARIO, PASSED, PASSED)
    assert verdict(STEP, [good, bad]) is Verdict.not_seen
    assert verdict(STEP, [ended(covering("other.yaml"), PASSED, PASSED)]) is None
    assert worst([Verdict.not_judged, Verdict.seen, None]) is Verdict.seen
    assert worst([]) is None


def test_what_is_claimed_and_not_shown_is_told_with_its_place_and_what_is_seen_there() -> None:
    assert list(unshown(ended(SCENARIO, PASSED, PASSED, seen={FIRST: (SHOWN,)}))) == [
        "bad/forwarded:11: T-TRANSPORT-TLS13 is claimed and not seen; seen: T-SECURITY-RECIPIENT"
    ]
    assert list(unshown(ended(SCENARIO, PASSED, PASSED, seen={FIRST: (TWICE,)}))) == [
        "bad/forwarded: T-SECURITY-RECIPIENT is claimed and not seen; seen: T-TRANSPORT-TLS13"
    ]
    assert not list(unshown(ended(SCENARIO, PASSED, PASSED, seen={FIRST: (TWICE, SHOWN)})))


def test_of_what_only_another_draft_demands_nothing_is_to_be_shown() -> None:
    elsewhere = Requirement("OTHER-RULE", "O", "", "Something of another draft.")
    shown = ended(covering("bad/forwarded.yaml", elsewhere, SHOWN), PASSED, PASSED, seen={FIRST: (TWICE, SHOWN)})
    assert list(unshown(shown)) == []
