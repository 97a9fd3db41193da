from dataclasses import replace

from simulator.drafts import registry
from simulator.scenario.demands import demands, is_known, known

DRAFT = registry.known()[0]


def test_requirements_of_the_draft_come_first_with_the_rules_that_are_checked_of_them() -> None:
    found = demands(DRAFT)
    assert found.requirements[: len(DRAFT.requirements)] == DRAFT.requirements
    assert {rule.requirement for rule in found.rules["P-4-SENDER-INDEX"]} == {"P-4-SENDER-INDEX"}
    assert DRAFT.requirements[0].id in found.ids


def test_a_check_is_of_one_requirement() -> None:
    found = demands(DRAFT)
    assert found.whole("T-SECURITY-RECIPIENT/TENANT") == "T-SECURITY-RECIPIENT"
    assert found.whole("T-SECURITY-RECIPIENT") == "T-SECURITY-RECIPIENT"
    assert found.whole("NOBODY-KNOWS") == "NOBODY-KNOWS"


def test_each_id_is_there_once() -> None:
    found = demands(replace(DRAFT, declares=DRAFT.declares * 2))
    assert len(found.ids) == len(set(found.ids))


def test_all_that_can_be_covered_is_known_by_id_the_checks_of_a_requirement_too() -> None:
    found = known((DRAFT,))
    assert set(found) == set(demands(DRAFT).ids)
    assert all(each.id == name and each.text for name, each in found.items())


def test_what_is_known_is_what_can_be_covered() -> None:
    drafts = registry.known()
    some = (*list(known(drafts))[::40], "CONNECT-1000", "")
    assert [name for name in some if is_known(name, drafts)] == list(some[:-2])
