"""What is in a wallet."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_those_that_were_not_presented_and_are_not_over_count() -> None:
    await passes(
        ASKED
        + "    expect: {tokens: {of: a.example, for: b.example, left: 3}}\n"
        + "  - advance: 1h\n    expect: {tokens: {of: a.example, for: b.example, left: 0}}\n",
        PAYING,
    )


async def test_another_number_is_said() -> None:
    mismatch = await fails(ASKED + "    expect: {tokens: {of: a.example, for: b.example, left: 4}}\n", PAYING)
    assert (mismatch.expected, mismatch.happened) == ("4 tokens of a.example left for b.example", "there are 3")
