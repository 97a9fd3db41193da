"""The rules of a draft, by ID."""

from dataclasses import replace
from itertools import groupby

import pytest

from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError
from simulator.scenario.ablation import chosen, chosen_in_each, subjects
from simulator.scenario.demands import demands
from tests.scenario.ablation.found import subject

KNOWN = (subject("ONE"), subject("TWO/A"), subject("TWO/B"), subject("RFC-1"))


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_each_rule_of_a_draft_is_one_with_what_it_demands_and_why_nobody_can_show_it(draft) -> None:
    found = subjects(draft)
    assert {each.id for each in found} == {rule.id for rules in demands(draft).rules.values() for rule in rules}
    assert len({each.id for each in found}) == len(found)
    assert all(each.text and each.heading for each in found)


def test_a_rule_without_section_stands_under_its_document() -> None:
    assert replace(KNOWN[0], section="").heading == "doc"
    assert KNOWN[0].heading == "doc: 1 Rules"


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_what_stands_under_one_heading_stays_together_in_the_order_of_its_sections(draft) -> None:
    headings = [heading for heading, _ in groupby(subjects(draft), lambda each: each.heading)]
    assert len(set(headings)) == len(headings)
    rfc = [heading.removeprefix("RFC 9420: ") for heading in headings if heading.startswith("RFC 9420: ")]
    numbers = [[int(number) for number in section.split(".")] for section in rfc]
    assert numbers == sorted(numbers)
    assert len(numbers) > 10


def test_a_requirement_means_all_its_rules() -> None:
    assert chosen(KNOWN, ()) == KNOWN
    assert chosen(KNOWN, ["TWO"]) == KNOWN[1:3]
    assert chosen(KNOWN, ["RFC-1", "TWO/B", "RFC-1"]) == (KNOWN[2], KNOWN[3])


def test_what_no_scenario_can_show_of_privacy_pass_is_said_for_every_draft() -> None:
    for draft in DRAFTS:
        reasons = {each.id: each.reason for each in subjects(draft)}
        assert "PP-ISSUE-4/STRUCT demands first" in str(reasons["PP-ISSUE-4/SIZE"])
        assert reasons["PP-ISSUE-4"] is None


def test_an_unknown_rule_is_told_with_what_is_near() -> None:
    with pytest.raises(SimulatorError, match=r'^--rule TWO/C: no rule has this ID \(did you mean "TWO/B"\?\)$'):
        chosen(KNOWN, ["ONE", "TWO/C"])


def test_what_is_meant_is_taken_away_in_each_draft_that_has_it() -> None:
    drafts = {"first": KNOWN, "second": KNOWN[:1]}
    assert chosen_in_each(drafts, ()) == drafts
    assert chosen_in_each(drafts, ["TWO"]) == {"first": KNOWN[1:3]}
    with pytest.raises(SimulatorError, match="--rule TWO/C: no rule has this ID"):
        chosen_in_each(drafts, ["TWO/C"])


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_a_draft_s_own_rules_come_first(draft) -> None:
    own = [each.is_own for each in subjects(draft)]
    assert own == sorted(own, reverse=True)
    assert 0 < sum(own) < len(own)
