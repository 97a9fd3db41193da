"""Tokens in other hands."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

THIEF = PAYING.replace("c.example: {users: {carol: [phone]}}", "c.example: {users: {carol: [phone]}, privacy_pass: {}}")
STEAL = "  - steal_tokens: {by: c.example, from: a.example}\n"


async def test_a_stolen_token_pays_for_the_thief_and_its_owner_pays_with_another() -> None:
    await passes(
        ASKED
        + STEAL
        + "  - request_connection: {from: carol, to: bob}\n"
        + "    expect: [{redeemed: {at: b.example, count: 2}}, {issued: {by: b.example, to: c.example, count: 0}}]\n"
        + ASKED
        + "    expect:\n      - requests: {endpoint: connection_key_packages, error: token_spent, count: 1}\n"
        + "      - redeemed: {at: b.example, count: 3}\n",
        THIEF,
    )


async def test_there_may_be_nothing_to_steal() -> None:
    mismatch = await fails(STEAL, THIEF)
    assert mismatch.happened == "a.example has no tokens"


async def test_what_is_stolen_again_is_there_once() -> None:
    again = STEAL + "    expect: [{tokens: {of: c.example, for: b.example, left: 3}}]\n"
    back = "  - steal_tokens: {by: a.example, from: c.example}\n"
    await passes(
        ASKED + again + again + back + "    expect: [{tokens: {of: a.example, for: b.example, left: 3}}]\n", THIEF
    )
