"""The provider accepts it, the members do not."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_members_refuse_the_commit() -> None:
    await passes(
        TEAM
        + """
  - wrong_membership_tag: {by: bob, group: team}
    expect:
      - rejected: {by: [alice, carol], rule: invalid_membership_tag}
      - may_reject: wrong_epoch
"""
    )
