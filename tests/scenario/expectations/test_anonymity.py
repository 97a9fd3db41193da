"""How many users can have paid."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

PER_USER = PAYING.replace("per: provider, tokens: 20", "per: user, tokens: 4").replace(
    "unnamed: true", "unnamed: true, crowd: 2"
)
MEASURED = ASKED + "    as: ask\n    expect: {anonymity: {of: ask, seen_by: [b.example], users: %d}}\n"


async def test_those_of_a_crowd_can_have_paid() -> None:
    await passes(MEASURED % 2, PER_USER)


async def test_another_number_is_said_with_its_reason() -> None:
    mismatch = await fails(MEASURED % 1, PER_USER)
    assert mismatch.expected == "1 user who can have paid in ask, by what b.example has seen"
    assert mismatch.happened == "there are 2: the token can have been issued for 2 holders"


async def test_where_nobody_paid_nobody_can_have() -> None:
    later = "  - advance: 1m\n    as: later\n    expect: {anonymity: {of: later, seen_by: [b.example], users: 1}}\n"
    mismatch = await fails(ASKED + later, PER_USER)
    assert mismatch.happened == "nobody paid with a token during 2 advance later"
