"""The requirements of the profile, and the rules that stand for them."""

import re

from simulator.privacy_pass.requirements import REQUIREMENTS
from simulator.rules import declared_in

PROFILE = {
    "CHALLENGE": 10,
    "CACHE": 1,
    "TOKEN": 3,
    "SPEND": 4,
    "ORDER": 2,
    "RANDOM": 1,
    "KEY": 4,
    "DIRECTORY": 3,
    "ISSUE": 4,
    "BLIND": 2,
    "CONSISTENCY": 2,
    "BUDGET": 4,
    "ATTEST": 2,
    "UNNAMED": 3,
    "CROWD": 1,
}


def test_they_are_those_of_the_profile() -> None:
    wanted = {f"PP-{topic}-{number}" for topic, most in PROFILE.items() for number in range(1, most + 1)}
    assert sorted(each.id for each in REQUIREMENTS) == sorted(wanted)


def test_each_is_a_sentence() -> None:
    assert all(re.fullmatch(r"[A-Z].*\.", each.text) for each in REQUIREMENTS)


def test_every_rule_stands_for_one_of_them() -> None:
    known = {each.id for each in REQUIREMENTS}
    rules = [rule for package in ("simulator.privacy_pass", "simulator.services") for rule in declared_in(package)]
    named = [rule for rule in rules if rule.requirement.startswith("PP-")]
    assert len(named) > 30
    assert {rule.requirement for rule in named} <= known
