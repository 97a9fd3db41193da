"""Tokens are got before anybody needs one."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

PER_USER = PAYING.replace("per: provider, tokens: 20", "per: user, tokens: 4")
FETCH = "  - fetch_tokens: {by: a.example, from: b.example}\n"


async def test_each_user_has_one_then() -> None:
    await passes(
        ASKED
        + FETCH
        + "    expect: {tokens: {of: a.example, for: b.example, left: 2}}\n"
        + "  - request_connection: {from: anna, to: bob}\n"
        + "    expect: {requests: {endpoint: token_request, count: 0}}\n",
        PER_USER,
    )


async def test_nothing_is_asked_for_where_there_are_some() -> None:
    await passes(ASKED + FETCH + "    expect: {issued: {by: b.example, count: 4}}\n", PAYING)


async def test_a_challenge_has_to_be_there() -> None:
    mismatch = await fails(FETCH, PAYING)
    assert mismatch.happened == "ds.b.example has shown no challenge that is not over"
