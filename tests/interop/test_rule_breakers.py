"""A provider that does not keep a rule is caught, with the rule's ID; all of them with `make rule-breakers`."""

from pathlib import Path

import pytest

from simulator.drafts import DRAFTS
from simulator.scenario.demands import demands
from tests.interop.rule_breakers import BREAKERS, why_missed


def test_ten_rules_and_more() -> None:
    assert len(BREAKERS) >= 10
    assert set(BREAKERS) <= set(demands(DRAFTS[0]).ids)


@pytest.mark.parametrize("rule", ["T-SECURITY-RECIPIENT", "P-5-OWNER/SENDER", "P-5-MESSAGE/KIND"])
def test_one_that_does_not_keep_a_rule_is_caught(tmp_path: Path, rule: str) -> None:
    assert why_missed(rule, tmp_path) is None
