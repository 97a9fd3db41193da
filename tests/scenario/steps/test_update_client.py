"""An update begins a new epoch for all."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_a_new_epoch() -> None:
    await passes(
        TEAM
        + """
  - update_client: {by: carol, group: team}
    expect: {agreement: {group: team, epoch: 2}}
"""
    )
