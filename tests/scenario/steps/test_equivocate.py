"""Two commits for one epoch."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_group_falls_apart() -> None:
    await passes(
        TEAM
        + """
  - equivocate: {by: alice, group: team, to: carol}
    expect:
      split: {group: team, sides: [[alice, bob], [carol]]}
"""
    )
