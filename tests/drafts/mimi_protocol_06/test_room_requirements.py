"""Each rule of rooms and content checks a requirement that is listed; each prohibition has a rule."""

from simulator.drafts.mimi_protocol_06.requirements import (
    abuse_reports,
    components,
    downloads,
    franking,
    room_policy,
)
from simulator.rules import Nature, declared_in

DRAFT = "simulator.drafts.mimi_protocol_06"
RULES = [rule for name in ("room", "content") for rule in declared_in(f"{DRAFT}.{name}")]
LISTED = (
    *components.REQUIREMENTS,
    *room_policy.REQUIREMENTS,
    *franking.REQUIREMENTS,
    *abuse_reports.REQUIREMENTS,
    *downloads.REQUIREMENTS,
)


def test_rules_and_prohibitions_fit() -> None:
    prohibitions = {each.id for each in LISTED if each.nature is Nature.prohibition}
    assert {rule.requirement for rule in RULES} <= prohibitions <= {rule.requirement for rule in declared_in(DRAFT)}
    assert len({rule.id for rule in RULES}) == len(RULES)
