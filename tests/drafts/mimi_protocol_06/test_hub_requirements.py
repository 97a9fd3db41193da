"""Each rule of hub and follower checks a requirement that is listed; each prohibition has a rule."""

from simulator.drafts.mimi_protocol_06.requirements import (
    REQUIREMENTS,
    group_info,
    notify,
    submit_message,
    time_and_order,
    update,
)
from simulator.rules import Nature, declared_in

PACKAGE = "simulator.drafts.mimi_protocol_06"
NAMES = (
    "commit_bundles",
    "commits",
    "creation",
    "following",
    "group_info",
    "handshakes",
    "leaves",
    "queue",
    "submit_message",
    "welcomes",
)
RULES = [rule for name in NAMES for rule in declared_in(f"{PACKAGE}.rules.{name}")]
LISTED = (
    *update.REQUIREMENTS,
    *submit_message.REQUIREMENTS,
    *notify.REQUIREMENTS,
    *group_info.REQUIREMENTS,
    *time_and_order.REQUIREMENTS,
)


def test_rules_and_prohibitions_fit() -> None:
    assert {rule.requirement for rule in RULES} <= {each.id for each in REQUIREMENTS}
    ruled = {rule.requirement for rule in RULES}
    assert [each.id for each in LISTED if each.nature is Nature.prohibition and each.id not in ruled] == []
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_no_two_requirements_have_one_id() -> None:
    ids = [each.id for each in REQUIREMENTS]
    assert len(set(ids)) == len(ids)
