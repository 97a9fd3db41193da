"""What waits at a provider."""

from tests.scenario.small_scenarios import TEAM, fails


async def test_too_few_are_said_too() -> None:
    mismatch = await fails(TEAM + "  - offline: bob\n    expect: {queued: {clients: bob, count: 1}}\n")
    assert (mismatch.expected, mismatch.happened) == ("1 message queued for bob.phone", "there are 0")


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
