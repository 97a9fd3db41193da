"""An issuer's key changes."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_tokens_of_the_last_key_still_pay() -> None:
    again = "    expect: {requests: {endpoint: connection_key_packages, http: 401, count: 0}}\n"
    await passes(ASKED + "  - rotate_token_key: b.example\n" + ASKED + again, PAYING)


async def test_who_issues_nothing_has_no_key() -> None:
    mismatch = await fails("  - rotate_token_key: a.example\n", PAYING)
    assert mismatch.happened == "a.example issues no tokens"


async def test_who_is_down_makes_no_key() -> None:
    mismatch = await fails("  - crash: b.example\n  - rotate_token_key: b.example\n", PAYING)
    assert mismatch.happened == "b.example is down, and makes no key"
