"""The victim alone refuses the commit."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_who_can_not_open_its_path_secret() -> None:
    await passes(
        TEAM
        + """
  - broken_path: {by: bob, group: team, victims: carol}
    expect:
      - noticed: {event: rejected, by: carol}
      - may_reject: [aead, wrong_epoch]
"""
    )
