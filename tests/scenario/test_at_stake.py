"""What is at stake where scenarios fail: by hand, and in federations whose providers do not keep a rule."""

from dataclasses import replace

from simulator.rules import Requirement
from simulator.scenario import Mismatch, Result, ScenarioResult, StepResult
from simulator.scenario.at_stake import Why, at_stake, in_common, is_at_stake, shares_to_json, stakes_to_json
from tests.scenario.coverings import SHOWN, TWICE, covering, ended
from tests.scenario.small_scenarios import TOPOLOGY, play, scenario

PASSED, FAILED, NOT_RUN = Result.passed, Result.failed, Result.not_run
WRONG_RECIPIENT = """
  - create_group: alice
    expect: {error: wrong_recipient}
"""


def test_a_step_that_failed_is_about_what_it_claims() -> None:
    result = ended(covering("bad/forwarded.yaml", SHOWN), FAILED, NOT_RUN)
    assert at_stake(result) == {TWICE.id: Why.covered}
    assert stakes_to_json(result) == [{"id": TWICE.id, "why": "covered"}]


def test_where_nothing_nearer_is_known_the_whole_scenario_s_requirements_are_at_stake() -> None:
    result = ended(covering("bad/forwarded.yaml", SHOWN), PASSED, FAILED)
    assert at_stake(result) == {SHOWN.id: Why.scenario}
    assert at_stake(ended(covering("bad/forwarded.yaml", SHOWN), PASSED, PASSED)) == {}
    assert at_stake(ended(covering("bad/forwarded.yaml", SHOWN), Result.fault, NOT_RUN)) == {}


def test_what_only_another_draft_demands_is_not_at_stake() -> None:
    elsewhere = Requirement("OTHER-RULE", "O", "", "Something of another draft.")
    result = ended(covering("bad/forwarded.yaml", SHOWN, elsewhere), PASSED, FAILED)
    assert at_stake(result) == {SHOWN.id: Why.scenario}
    assert [share.requirement.id for share in in_common([result])] == [SHOWN.id]


def test_what_was_noticed_in_the_step_is_let_through_or_refused() -> None:
    result = ended(covering("bad/forwarded.yaml", SHOWN), PASSED, FAILED)
    broken = {1: ("P-5-OWNER",), 2: ("T-SECURITY-RECIPIENT/TENANT", "T-SECURITY-RECIPIENT", "P-3-BODY", "P-5-OWNER")}
    noticed = replace(result, broken=broken, let_through=("P-5-OWNER",))
    assert at_stake(noticed) == {"P-5-OWNER": Why.let_through, "T-SECURITY-RECIPIENT/TENANT": Why.refused}


def test_a_refusal_that_only_one_requirement_gives_is_missed_as_that_requirement_s() -> None:
    assert at_stake(ended(scenario(WRONG_RECIPIENT), FAILED)) == {"T-SECURITY-RECIPIENT": Why.expected}
    vague = WRONG_RECIPIENT.replace("wrong_recipient", "invalid_commit")
    assert at_stake(ended(scenario(vague), FAILED)) == {}
    rejected = "\n  - create_group: alice\n    expect:\n      rejected: {by: [bob], rule: key_consumed}\n"
    result = ended(scenario(rejected), FAILED)
    assert at_stake(result) == {}  # the step itself ended otherwise
    (step,) = result.steps
    line = step.line + 2
    unmet = replace(step, mismatches=(Mismatch(line, "one", "two"),))
    assert at_stake(replace(result, steps=(unmet,))) == {"RFC9420-9.2-KEY-CONSUMED": Why.expected}


def test_what_fails_before_the_first_step_may_break_something_too() -> None:
    setup = StepResult("start", 1, FAILED, "words", (Mismatch(1, "one", "two"),))
    result = replace(ended(covering("bad/forwarded.yaml"), NOT_RUN, NOT_RUN), setup=setup, broken={0: (SHOWN.id,)})
    assert at_stake(result) == {SHOWN.id: Why.refused}


def test_a_requirement_is_not_named_beside_its_check_and_is_at_stake_all_the_same() -> None:
    result = ended(covering("bad.yaml"), FAILED, NOT_RUN)
    named = replace(result, broken={1: ("T-SECURITY-RECIPIENT/OWN-NAME", "T-SECURITY-RECIPIENT")})
    assert at_stake(named) == {"T-SECURITY-RECIPIENT/OWN-NAME": Why.refused, TWICE.id: Why.covered}
    assert is_at_stake("T-SECURITY-RECIPIENT", named)
    assert is_at_stake("T-SECURITY-RECIPIENT/OWN-NAME", named)
    assert not is_at_stake("T-SECURITY-RECIPIENT/TENANT", named)


def test_several_have_requirements_in_common_the_most_frequent_first() -> None:
    def failed(name: str, *names: str) -> ScenarioResult:
        return replace(ended(covering(f"{name}.yaml"), PASSED, FAILED), broken={2: names})

    results = (
        failed("one", "P-5-OWNER", "T-SECURITY-RECIPIENT"),
        failed("two", "T-SECURITY-RECIPIENT/TENANT"),
        ended(covering("good.yaml"), PASSED, PASSED),
    )
    assert [(share.requirement.id, share.scenarios) for share in in_common(results)] == [
        ("T-SECURITY-RECIPIENT", ("one", "two")),
        ("P-5-OWNER", ("one",)),
    ]
    assert shares_to_json(results)[0] == {"id": "T-SECURITY-RECIPIENT", "failed": 2, "scenarios": ["one", "two"]}


FOR_ANOTHER = """
  - request:
      {by: a.example, to: b.example, endpoint: verification_key,
       fields: {version: 1, sender: a.example, recipient: c.example}}
    expect: {http: 403}
"""
"""Nothing says which rule is to refuse."""


async def test_a_rule_that_nobody_keeps_is_at_stake_in_the_step_that_it_would_have_refused() -> None:
    waived = TOPOLOGY.replace("topology:\n", "topology:\n  waive: [T-SECURITY-RECIPIENT]\n")
    assert at_stake(await play(FOR_ANOTHER)) == {}
    assert at_stake(await play(FOR_ANOTHER, waived)) == {"T-SECURITY-RECIPIENT/OWN-NAME": Why.let_through}


async def test_a_rule_that_refuses_unexpectedly_is_at_stake() -> None:
    result = await play(FOR_ANOTHER.replace("    expect: {http: 403}\n", ""))
    assert at_stake(result) == {"T-SECURITY-RECIPIENT/OWN-NAME": Why.refused}
