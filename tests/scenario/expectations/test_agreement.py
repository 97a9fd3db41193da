"""One epoch and one secret for all."""

from tests.scenario.stage import TEAM, fails, passes


async def test_all_members_agree() -> None:
    await passes(TEAM + "  - expect: {agreement: team}\n  - expect: {agreement: {group: team, epoch: 1}}\n")


async def test_another_epoch_than_expected() -> None:
    mismatch = await fails(TEAM + "  - expect: {agreement: {group: team, epoch: 2}}\n")
    assert (mismatch.expected, mismatch.happened) == ("epoch 2", "alice.phone is in epoch 1")


async def test_nobody_is_left() -> None:
    mismatch = await fails("""
  - create_group: alice
    as: team
  - lose_state: {by: alice, group: team}
    expect: {agreement: team}
""")
    assert (mismatch.expected, mismatch.happened) == ("members of team", "nobody is in it")
