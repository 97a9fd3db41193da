"""One item of `steps`: its keyword, what is expected of it, its name."""

import pytest

from simulator.scenario import Result, ScenarioFileError
from simulator.scenario.entry import Entry
from simulator.scenario.outcome import Outcome
from simulator.scenario.steps.create_group import CreateGroup
from simulator.services.refusal import Code
from tests.scenario.small_scenarios import TOPOLOGY, passes, scenario
from tests.scenario.two_drafts import FIRST, SECOND


def only(steps: str) -> Entry:
    (entry,) = scenario(steps).steps
    return entry


def test_a_step_with_everything() -> None:
    entry = only("""
  - create_group: alice
    as: team
    expect:
      - {error: unknown_user, http: 404}
      - unchanged: a.example
      - unchanged: b.example
    note: It can't be.
    covers: [T-SECURITY-RECIPIENT, P-4-SENDER-INDEX]
""")
    assert entry.step == CreateGroup(by="alice")
    assert (entry.line, entry.name, entry.note) == (11, "team", "It can't be.")
    assert (entry.keyword, entry.label) == ("create_group", "create_group team")
    assert entry.expect.outcome == Outcome(error=Code.unknown_user, http=404)
    assert [located.line for located in entry.expect.expectations] == [15, 16]
    assert entry.covers == ("T-SECURITY-RECIPIENT", "P-4-SENDER-INDEX")
    assert not entry.alone


def test_what_a_step_claims_is_what_it_covers_and_the_steps_in_it() -> None:
    steps = """
  - together:
      - create_group: alice
        covers: DS-INTRO-ORDER
      - create_group: bob
        covers: [T-TRANSPORT-TLS13, DS-INTRO-ORDER]
    covers: T-TRANSPORT-TLS13
"""
    assert only(steps).claims == ("T-TRANSPORT-TLS13", "DS-INTRO-ORDER")
    assert scenario(steps).covers == ("T-TRANSPORT-TLS13", "DS-INTRO-ORDER")


def test_what_nobody_demands_can_not_be_covered() -> None:
    said = problem("  - create_group: alice\n    covers: [T-SECURITY-RECIPIENT, T-SECURITY-SENDR]\n")
    assert 'test.yaml:11:36: unknown requirement "T-SECURITY-SENDR" (did you mean "T-SECURITY-SENDER"?)' in said


def test_a_step_that_is_left_out() -> None:
    assert only("  - create_group: alice\n    skip: too slow\n").skip == "too slow"


def test_steps_with_a_tag_are_left_out_with_those_in_others() -> None:
    entry = only("""
  - together:
      - create_group: alice
        tags: [slow, odd]
      - create_group: bob
        skip: too slow
        tags: slow
      - create_group: carol
    tags: whole
""")
    assert entry.tags == ("whole",)
    assert [each.tags for each in entry.inner] == [("slow", "odd"), ("slow",), ()]
    assert entry.without(["odd"]).skip is None
    assert [each.skip for each in entry.without(["odd", "slow"]).inner] == [
        "steps with the tag slow are left out",
        "too slow",
        None,
    ]
    assert entry.without(["whole"]).skip == "steps with the tag whole are left out"


def test_what_is_not_said_is_success_and_nothing_more() -> None:
    entry = only("  - create_group: {by: alice}\n")
    assert entry.expect.outcome.success
    assert entry.expect.expectations == ()
    assert entry.label == "create_group"


def test_an_expect_alone_is_a_step() -> None:
    entry = only("  - expect: {queued: {clients: bob, count: 0}}\n")
    assert entry.alone
    assert entry.label == "expect"


def test_the_keyword_may_stand_anywhere_in_its_item() -> None:
    entry = only("  - note: first\n    as: team\n    create_group: bob\n")
    assert entry.line == 12


ONLY = """
  - capture: {endpoint: fan_out, from: a.example, to: b.example}
    as: stolen
    only: second
"""


@pytest.mark.usefixtures("second")
def test_a_step_of_other_drafts_is_not_read_but_for_its_keyword() -> None:
    entry = only(ONLY.replace("fan_out", "notify").replace("only: second", "only: [second]"))
    assert (entry.keyword, entry.label, entry.line) == ("capture", "capture", 11)
    assert entry.is_of_other_drafts
    assert entry.skip == "only in second"


def problem(steps: str, head: str | None = None) -> str:
    with pytest.raises(ScenarioFileError) as error:
        scenario(steps, head)
    return str(error.value)


@pytest.mark.usefixtures("second")
def test_who_uses_what_only_another_draft_makes_is_told_so() -> None:
    head = TOPOLOGY.replace("topology:", "drafts: [mimi-transport-00, second]\ntopology:")
    said = problem(ONLY + "  - replay: stolen\n    only: mimi-transport-00\n", head)
    assert 'test.yaml:15:13: unknown request "stolen": the step that makes it is only for second' in said


def test_only_an_unknown_draft_has_a_step() -> None:
    said = problem("  - create_group: alice\n    only: mimi-transport-0\n")
    assert 'test.yaml:11:11: unknown draft "mimi-transport-0" (did you mean "mimi-transport-01"?)' in said


@pytest.mark.usefixtures("second")
def test_a_step_or_what_is_in_it_or_expected_of_it_needs_a_notion() -> None:
    steps = """
  - together:
      - create_group: alice
        as: team
      - create_group: bob
        expect: {key_packages: {of: bob, remaining: 3, connection: true}}
"""
    entry = only(steps)
    assert entry.lacking(SECOND) == "second: KeyPackages are of one sort"
    assert entry.lacking(FIRST) is None


@pytest.mark.usefixtures("second")
async def test_the_others_leave_it_out_and_say_so() -> None:
    result = await passes(ONLY + "  - create_group: alice\n")
    assert (result.steps[0].result, result.steps[0].message) == (Result.skipped, "only in second")
    assert result.reason == ""


def test_who_is_told_to_misbehave_attacks_and_what_is_unusual_only_if_it_is_to_be_refused() -> None:
    assert only("\n  - withhold: {by: a.example, clients: alice}\n").is_attack
    assert not only("\n  - probe_tls: {to: a.example, maximum_version: '1.3'}\n").is_attack
    assert only("\n  - probe_tls: a.example\n    expect: {tls: version}\n").is_attack
    assert only(
        "\n  - together:\n      - withhold: {by: a.example, clients: alice}\n      - create_group: alice\n"
    ).is_attack
    assert not only("\n  - create_group: alice\n").is_attack
