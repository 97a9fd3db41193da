"""Joining without an invitation."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_a_further_client_of_a_member_and_an_outsider() -> None:
    await passes(
        TEAM
        + """
  - external_join: {by: alice.laptop, group: team}
    expect: {members: {group: team, clients: [alice.phone, alice.laptop, bob, carol]}, agreement: team}
  - remove_users: {by: alice.phone, group: team, users: carol}
  - external_join: {by: carol, group: team}
    expect: {error: not_authorized, http: 403}
"""
    )
