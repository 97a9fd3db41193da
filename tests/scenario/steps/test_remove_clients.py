"""Clients of one's own user, and of nobody else."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_another_client_of_the_own_user() -> None:
    await passes(
        TEAM
        + """
  - external_join: {by: alice.laptop, group: team}
  - remove_clients: {by: alice.laptop, group: team, clients: alice.phone}
    expect: {members: {group: team, clients: [alice.laptop, bob, carol]}}
  - remove_clients: {by: alice.laptop, group: team, clients: bob}
    expect: {error: invalid_proposal, http: 422, members: {group: team, clients: [alice.laptop, bob, carol]}}
"""
    )
