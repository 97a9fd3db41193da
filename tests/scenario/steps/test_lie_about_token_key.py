"""An issuer that shows another key each time."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_another_key_with_each_challenge_is_not_listed() -> None:
    await passes(
        ASKED
        + "  - lie_about_token_key: b.example\n"
        + ASKED
        + "    expect: [{error: invalid_token}, {challenge_ignored: {by: a.example, rule: key_not_listed}}]\n",
        PAYING,
    )


async def test_another_key_in_each_directory_is_restless() -> None:
    await passes(
        "  - lie_about_token_key: {by: b.example, each: directory}\n"
        + ASKED
        + "  - advance: 1h\n"
        + ASKED
        + "  - advance: 1h\n"
        + ASKED
        + "    expect: [{error: token_required}, {challenge_ignored: {by: a.example, rule: restless_keys}}]\n",
        PAYING,
    )


async def test_who_issues_nothing_can_not_lie_about_keys() -> None:
    mismatch = await fails("  - lie_about_token_key: {by: a.example, each: directory}\n", PAYING)
    assert mismatch.happened == "a.example issues no tokens"


async def test_who_takes_no_tokens_of_its_own_shows_no_keys_with_challenges() -> None:
    elsewhere = PAYING.replace("{alice: [phone], anna: [phone]}, privacy_pass: {", "{alice: [phone]}, privacy_pass: {"
                               "issues: {per: user, tokens: 4, period: 1h}, ")  # fmt: skip
    mismatch = await fails("  - lie_about_token_key: a.example\n", elsewhere)
    assert mismatch.happened == "a.example takes no tokens of its own"
