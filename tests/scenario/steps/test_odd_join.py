"""An external commit with a PSK in it."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_owner_is_to_refuse_it_from_members_and_from_others() -> None:
    await passes(
        TEAM
        + """
  - odd_join: {by: alice.laptop, group: team}
    expect: {error: invalid_commit, unchanged: a.example}
  - odd_join: {by: bob, group: team}
    expect: {error: invalid_commit, unchanged: a.example}
  - expect: {agreement: {group: team, epoch: 1}}
"""
    )
