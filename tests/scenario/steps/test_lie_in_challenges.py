"""An origin that shows another challenge each time."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_another_challenge_is_not_followed() -> None:
    await passes(
        ASKED
        + "  - lie_in_challenges: b.example\n"
        + ASKED
        + "    expect: [{error: invalid_token}, {challenge_ignored: {by: a.example, rule: one_challenge}}]\n",
        PAYING,
    )


async def test_who_takes_no_tokens_shows_no_challenges() -> None:
    mismatch = await fails("  - lie_in_challenges: a.example\n", PAYING)
    assert mismatch.happened == "a.example takes no tokens"
