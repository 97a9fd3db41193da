"""Leaving is proposed; another's commit does it."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_next_commit_takes_the_leaver_out() -> None:
    await passes(
        TEAM
        + """
  - leave: {by: bob, group: team}
    expect: {members: {group: team, clients: [alice, bob, carol]}}
  - update_client: {by: alice, group: team}
    expect: {members: {group: team, clients: [alice, carol]}}
"""
    )
