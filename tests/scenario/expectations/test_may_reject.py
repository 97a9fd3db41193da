"""Rejections that may come and need not."""

from tests.scenario.small_scenarios import TEAM, fails, passes

LOST = TEAM + "  - lose_state: {by: bob, group: team}\n  - send: {by: alice, group: team}\n"


async def test_whether_they_come_or_not() -> None:
    await passes(LOST + "    expect: {may_reject: [wrong_epoch, not_a_member]}\n")
    await passes(TEAM + "  - send: {by: alice, group: team}\n    expect: {may_reject: not_a_member}\n")


async def test_another_rule_is_not_excused() -> None:
    mismatch = await fails(LOST + "    expect: {may_reject: wrong_epoch}\n")
    assert mismatch.expected == "no client to reject anything"
