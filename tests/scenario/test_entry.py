"""One item of `steps`: its keyword, what is expected of it, its name."""

from simulator.scenario.entry import Entry
from simulator.scenario.outcome import Outcome
from simulator.scenario.steps.create_group import CreateGroup
from simulator.services.refusal import Code
from tests.scenario.stage import scenario


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
""")
    assert entry.step == CreateGroup(by="alice")
    assert (entry.line, entry.name, entry.note) == (11, "team", "It can't be.")
    assert (entry.keyword, entry.label) == ("create_group", "create_group team")
    assert entry.expect.outcome == Outcome(error=Code.unknown_user, http=404)
    assert [located.line for located in entry.expect.expectations] == [15, 16]
    assert not entry.alone


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
