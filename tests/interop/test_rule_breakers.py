"""A provider that does not keep a rule is caught, with the rule's ID; all of them with `make rule-breakers`."""

from pathlib import Path

import pytest

from simulator.drafts import registry
from simulator.scenario.demands import demands
from tests.interop.overlay import ROOMS
from tests.interop.rule_breakers import BREAKERS, why_missed


@pytest.mark.parametrize("draft", BREAKERS)
def test_ten_rules_and_more(draft: str) -> None:
    assert len(BREAKERS[draft]) >= 10
    assert set(BREAKERS[draft]) <= set(demands(registry.named(draft)).ids)


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("mimi-transport-00", "T-SECURITY-RECIPIENT"),
        ("mimi-transport-00", "P-5-MESSAGE/KIND"),
        (ROOMS, "P6-4.2-WHOLE-QUEUE/MEMBER"),
    ],
)
def test_one_that_does_not_keep_a_rule_is_caught(tmp_path: Path, draft: str, rule: str) -> None:
    assert why_missed(draft, rule, tmp_path) is None
