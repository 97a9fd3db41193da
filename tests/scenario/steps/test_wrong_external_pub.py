"""The next external join is the trap."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_members_refuse_the_joiners_commit() -> None:
    await passes(
        TEAM
        + """
  - wrong_external_pub: {by: bob, group: team}
  - external_join: {by: alice.laptop, group: team}
    expect:
      - noticed: {event: rejected, by: [alice.phone, bob, carol]}
      - may_reject: [invalid_membership_tag, invalid_confirmation_tag, wrong_epoch]
"""
    )
