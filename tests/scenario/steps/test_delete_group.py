"""A deleted group is nobody's."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_provider_knows_it_no_more() -> None:
    await passes(
        TEAM
        + """
  - offline: bob
  - delete_group: {by: alice, group: team}
  - send: {by: bob, group: team}
    expect: {error: unknown_group, http: 404}
"""
    )
