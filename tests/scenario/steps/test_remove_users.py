"""Removing users takes out all of their clients."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_none_of_their_clients_is_left() -> None:
    await passes(
        TEAM
        + """
  - external_join: {by: alice.laptop, group: team}
  - remove_users: {by: bob, group: team, users: [alice, carol]}
    expect: {members: {group: team, clients: bob}}
"""
    )
