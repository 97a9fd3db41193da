"""Every rule of Privacy Pass by itself: named once, in words, and waived where somebody can go on without it."""

import re

import pytest

from simulator.privacy_pass.errors import PrivacyPassError
from simulator.rules import Breach, Enforcement, Rule, check, declared_in, enforced_by

RULES = declared_in("simulator.privacy_pass")


def test_each_has_a_name_of_its_own() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids)) > 30
    assert all(re.fullmatch(r"PP-[A-Z]+-[0-9]+(/[A-Z0-9-]+)?", name) for name in ids)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_says_what_it_demands_and_is_waived_unless_nobody_could_go_on(rule: Rule) -> None:
    assert rule.text.endswith(".")
    assert rule.source
    heard: list[Breach] = []
    with enforced_by(Enforcement({rule.id}, heard.append)):
        if rule.essential is None:
            assert not check(rule, False, "words")
        else:
            with pytest.raises(PrivacyPassError):
                check(rule, False, "words")
    assert [breach.waived for breach in heard] == [rule.essential is None]
    with pytest.raises(PrivacyPassError, match="words") as caught:
        check(rule, False, "words")
    assert caught.value.requirement == rule.requirement
