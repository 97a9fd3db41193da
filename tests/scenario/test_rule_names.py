import pytest

from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.scenario.rule_names import check_all_waivable, check_known, check_waivable, rules_named, why_kept

DRAFT = registry.known()[0]


def test_requirements_are_known_and_the_nearest_is_named_for_others() -> None:
    check_known("T-SECURITY-RECIPIENT")
    with pytest.raises(SimulatorError, match='did you mean "T-SECURITY-RECIPIENT"'):
        check_known("T-SECURITY-RECIPENT")


def test_what_nobody_checks_can_not_be_waived() -> None:
    check_waivable("T-SECURITY-RECIPIENT")
    with pytest.raises(SimulatorError, match="nobody refuses anything by it"):
        check_waivable("DS-FANOUT-AFTER-RESPONSE")


def test_the_command_line_takes_several_with_commas_between() -> None:
    assert check_all_waivable(["P-2-403,T-SECURITY-RECIPIENT", "T-SECURITY-RECIPIENT"][1:]) == ("T-SECURITY-RECIPIENT",)
    assert check_all_waivable(["T-SECURITY-RECIPIENT, P-4-ONE-COMMIT"]) == ("T-SECURITY-RECIPIENT", "P-4-ONE-COMMIT")


def test_each_rule_of_a_requirement_is_found_by_its_id() -> None:
    assert {rule.requirement for rule in rules_named("P-4-SENDER-INDEX", DRAFT)} == {"P-4-SENDER-INDEX"}
    assert why_kept("P-4-SENDER-INDEX", DRAFT) is None
