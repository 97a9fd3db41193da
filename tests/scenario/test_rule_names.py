from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError
from simulator.scenario import ScenarioFileError, external_providers
from simulator.scenario.loading.loader import load_text
from simulator.scenario.rule_names import check_all_waivable, check_known, check_waivable, rules_named, why_kept
from tests.own_drafts import forgotten, package
from tests.scenario.small_scenarios import TOPOLOGY

DRAFT = registry.known()[0]

OWN = """
from dataclasses import replace

from simulator.drafts import DRAFTS
from simulator.rules import prohibition
from simulator.services.refusal import Code, rule

ID = "T-SECURITY-RECIPIENTS"
RULE = rule(ID, Code.wrong_recipient, "mine")
DRAFT = replace(DRAFTS[0], name="mine", declares=("mine",), requirements=(prohibition(ID, "It is for us."),))
"""


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Draft]:
    """Another draft, which has one rule of its own."""
    with forgotten():
        yield registry.add(package(tmp_path, "mine", OWN))


def test_requirements_are_known_and_the_nearest_is_named_for_others() -> None:
    check_known("T-SECURITY-RECIPIENT", DRAFT)
    with pytest.raises(SimulatorError, match='did you mean "T-SECURITY-RECIPIENT"'):
        check_known("T-SECURITY-RECIPENT", DRAFT)


def test_requirements_of_another_draft_are_known_too() -> None:
    other = registry.known()[-1].requirements[0].id
    assert other not in {each.id for each in DRAFT.requirements}
    check_known(other, DRAFT)


def test_what_nobody_checks_can_not_be_waived() -> None:
    check_waivable("T-SECURITY-RECIPIENT", DRAFT)
    with pytest.raises(SimulatorError, match="nobody refuses anything by it"):
        check_waivable("DS-FANOUT-AFTER-RESPONSE", DRAFT)


def test_the_command_line_takes_several_with_commas_between() -> None:
    assert check_all_waivable(["P-2-403,T-SECURITY-RECIPIENT", "T-SECURITY-RECIPIENT"][1:]) == ("T-SECURITY-RECIPIENT",)
    assert check_all_waivable(["T-SECURITY-RECIPIENT, P-4-ONE-COMMIT"]) == ("T-SECURITY-RECIPIENT", "P-4-ONE-COMMIT")


def test_each_rule_of_a_requirement_is_found_by_its_id() -> None:
    assert {rule.requirement for rule in rules_named("P-4-SENDER-INDEX", DRAFT)} == {"P-4-SENDER-INDEX"}
    assert why_kept("P-4-SENDER-INDEX", DRAFT) is None


def test_what_another_draft_demands_can_not_be_waived_in_this_one(mine: Draft) -> None:
    check_waivable("T-SECURITY-RECIPIENTS", mine)
    check_waivable("T-SECURITY-RECIPIENTS", DRAFT, mine)
    words = '"T-SECURITY-RECIPIENTS" is a requirement of mine, not of mimi-transport-00'
    with pytest.raises(SimulatorError, match=rf'{words} \(did you mean "T-SECURITY-RECIPIENT"\?\)'):
        check_waivable("T-SECURITY-RECIPIENTS", DRAFT)
    with pytest.raises(SimulatorError, match=r"is a requirement of mimi-transport-00, not of mine"):
        check_waivable("T-SECURITY-RECIPIENT", mine)
    assert check_all_waivable(["T-SECURITY-RECIPIENTS"]) == ("T-SECURITY-RECIPIENTS",)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("  key_packages: 3", "  waive: [{}]", "test.yaml:4:11"),
        ("steps:", "steps:\n  - waive: [{}]", "test.yaml:10:13"),
    ],
)
def test_a_file_waives_rules_of_its_draft(mine: Draft, before: str, after: str, place: str) -> None:
    def load(rule: str, draft: Draft) -> None:
        load_text(TOPOLOGY.replace(before, after.format(rule)), "test.yaml", draft=draft)

    load("T-SECURITY-RECIPIENT", DRAFT)
    load("T-SECURITY-RECIPIENTS", mine)
    with pytest.raises(ScenarioFileError) as raised:
        load("T-SECURITY-RECIPIENTS", DRAFT)
    assert str(raised.value).startswith(f'{place}: "T-SECURITY-RECIPIENTS" is a requirement of mine')


def test_an_overlay_waives_rules_of_whichever_draft_it_is_laid_over(mine: Draft, tmp_path: Path) -> None:
    over = tmp_path / "over.yaml"
    over.write_text("waive: [T-SECURITY-RECIPIENTS]\n")
    assert external_providers(over) == ()
    over.write_text("waive: [T-SECURITY-RECIPENT]\n")
    with pytest.raises(ScenarioFileError, match='did you mean "T-SECURITY-RECIPIENT"'):
        external_providers(over)
