"""Each rule of rooms and content checks a requirement that is listed; each prohibition has a rule."""

from simulator.drafts.mimi_protocol_06.requirements import components, franking, room_policy
from simulator.rules import Nature, declared_in

PACKAGES = ("room", "content")
RULES = [rule for name in PACKAGES for rule in declared_in(f"simulator.drafts.mimi_protocol_06.{name}")]
LISTED = (*components.REQUIREMENTS, *room_policy.REQUIREMENTS, *franking.REQUIREMENTS)


def test_rules_and_prohibitions_fit() -> None:
    assert {rule.requirement for rule in RULES} == {each.id for each in LISTED if each.nature is Nature.prohibition}
    assert len({rule.id for rule in RULES}) == len(RULES)
