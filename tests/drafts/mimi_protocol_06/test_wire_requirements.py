"""Each rule of the wire checks a requirement that is listed; each prohibition has a rule or something that shows it."""

import re

import pytest

from simulator.drafts.mimi_protocol_06.requirements import consent, errors, identifiers, key_packages, transport
from simulator.rules import Nature, Requirement, declared_in

PACKAGE = "simulator.drafts.mimi_protocol_06"
MODULES = ("sender", "directory", "checks", "binding.opening")
MODULES += tuple(f"rules.{name}" for name in ("rooms", "key_material", "fetching", "consent", "identifier_query"))
RULES = [rule for name in MODULES for rule in declared_in(f"{PACKAGE}.{name}")]
LISTED: tuple[Requirement, ...] = (
    *transport.REQUIREMENTS,
    *key_packages.REQUIREMENTS,
    *consent.REQUIREMENTS,
    *identifiers.REQUIREMENTS,
    *errors.REQUIREMENTS,
)


def test_each_rule_checks_what_is_listed() -> None:
    assert {rule.requirement for rule in RULES} <= {each.id for each in LISTED}


def test_each_prohibition_is_kept_by_a_rule_or_shown() -> None:
    ruled = {rule.requirement for rule in RULES}
    kept = [each for each in LISTED if each.nature is Nature.prohibition and each.reason is None]
    assert [each.id for each in kept if each.id not in ruled and not each.shown_by] == []


@pytest.mark.parametrize("requirement", LISTED, ids=lambda each: each.id)
def test_each_has_a_readable_id_and_one_line(requirement: Requirement) -> None:
    assert re.fullmatch(r"P6-[0-9](\.[0-9])?(-[A-Z0-9]+)+", requirement.id)
    assert requirement.text.endswith(".")
    assert "\n" not in requirement.text
    assert len(requirement.text) <= 110
