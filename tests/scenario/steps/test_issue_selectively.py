"""An issuer that serves some users alone."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

PER_USER = PAYING.replace("per: provider, tokens: 20", "per: user, tokens: 4")


async def test_tokens_are_for_some_users_alone() -> None:
    await passes(
        "  - issue_selectively: {by: b.example, to: [alice]}\n"
        "  - request_connection: {from: anna, to: bob}\n    expect: {error: rate_limited}\n"
        "  - advance: 1h\n"
        + ASKED
        + "    expect: {tokens: {of: a.example, for: b.example, left: 0}}\n"
        + "  - behave: b.example\n"
        + "  - request_connection: {from: anna, to: bob}\n",
        PER_USER,
    )


async def test_who_issues_nothing_has_nobody_to_prefer() -> None:
    mismatch = await fails("  - issue_selectively: {by: a.example, to: [alice]}\n", PAYING)
    assert mismatch.happened == "a.example issues no tokens"
