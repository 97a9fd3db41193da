"""Every rule of MLS by itself: named once, in words, and let through where it is not kept and can be switched off."""

import pytest

from simulator.rules import Breach, Enforcement, Rule, check, declared_in, enforced_by

RULES = declared_in("simulator.mls")
FACTS = {"WRONG-GROUP": {"expected": b"a", "got": b"b"}, "WRONG-EPOCH": {"expected": 1, "got": 2}}


def facts(rule: Rule) -> dict[str, object]:
    return next((given for name, given in FACTS.items() if name in rule.id), {})


def test_each_has_a_name_of_its_own() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids)) > 120


def test_each_says_what_it_demands_and_where_that_is_from() -> None:
    for rule in RULES:
        assert rule.text.endswith("."), rule.id
        assert rule.source, rule.id
        with pytest.raises(rule_error(rule)) as caught:
            check(rule, False, "words", **facts(rule))
        assert rule.id in caught.value.rules


def test_each_is_let_through_where_it_is_not_kept_unless_nobody_could_go_on() -> None:
    for rule in RULES:
        heard: list[Breach] = []
        with enforced_by(Enforcement({rule.id}, heard.append)):
            if rule.essential is None:
                assert not check(rule, False, "words", **facts(rule)), rule.id
            else:
                with pytest.raises(rule_error(rule)):
                    check(rule, False, "words", **facts(rule))
        assert [breach.waived for breach in heard] == [rule.essential is None], rule.id


def rule_error(rule: Rule) -> type[Exception]:
    return type(rule.error("words", **facts(rule)))
