"""What waits at a provider."""

from tests.scenario.stage import TEAM, fails


async def test_another_number_than_expected_is_said() -> None:
    mismatch = await fails(
        TEAM
        + """
  - offline: bob
  - send: {by: alice, group: team}
    expect: {queued: {clients: [carol, bob], count: 0}}
"""
    )
    assert (mismatch.expected, mismatch.happened) == ("0 messages queued for bob.phone", "there are 1")
