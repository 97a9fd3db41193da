"""What an origin has taken."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_each_token_counts_once() -> None:
    await passes(ASKED + "    expect: {redeemed: {at: b.example, count: 1}}\n", PAYING)


async def test_another_number_is_said() -> None:
    mismatch = await fails(ASKED + "    expect: {redeemed: {at: b.example, count: 2}}\n", PAYING)
    assert (mismatch.expected, mismatch.happened) == ("2 tokens redeemed at b.example", "there were 1")
