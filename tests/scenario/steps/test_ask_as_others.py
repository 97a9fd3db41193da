"""A provider that invents users."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

MOST = PAYING.replace("per: provider, tokens: 20, period: 1h", "per: user, tokens: 1, period: 1h, most: 3")
OTHERS = "  - ask_as_others: {by: a.example, from: b.example, users: 5}\n"


async def test_users_that_nobody_has_get_no_more_than_so_many() -> None:
    await passes(ASKED + OTHERS + "    expect: {issued: {by: b.example, to: a.example, count: 3}}\n", MOST)


async def test_where_nobody_counts_users_there_is_nothing_to_win() -> None:
    mismatch = await fails(ASKED + OTHERS, PAYING)
    assert mismatch.happened == "b.example does not count tokens by user"


async def test_who_knows_no_tokens_asks_for_none() -> None:
    mismatch = await fails("  - ask_as_others: {by: c.example, from: b.example, users: 5}\n", PAYING)
    assert mismatch.happened == "c.example knows no tokens"
