"""The provider accepts it, the members do not."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_members_refuse_the_commit() -> None:
    await passes(
        TEAM
        + """
  - wrong_path_secret: {by: bob, group: team}
    expect:
      - rejected: {by: [alice, carol], rule: path_key_mismatch}
      - may_reject: wrong_epoch
"""
    )
