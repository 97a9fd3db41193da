"""Further clients of users who are in the group already."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_second_client_of_a_member() -> None:
    await passes(
        TEAM
        + """
  - add_clients: {by: alice.phone, group: team, clients: alice.laptop}
    expect: {members: {group: team, clients: [alice.phone, alice.laptop, bob, carol]}}
"""
    )
