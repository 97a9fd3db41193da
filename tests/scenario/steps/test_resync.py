"""Back in the group after a loss."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_members_are_the_same_and_all_agree() -> None:
    await passes(
        TEAM
        + """
  - resync: {by: bob, group: team}
    expect: {members: {group: team, clients: [alice, bob, carol]}, agreement: {group: team, epoch: 2}}
"""
    )
