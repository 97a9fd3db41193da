"""An origin shows another one's challenge."""

from tests.scenario.paying_topology import PAYING
from tests.scenario.small_scenarios import fails, passes

BOTH = PAYING.replace(
    "    c.example: {users: {carol: [phone]}}\n",
    """    c.example:
      users: {carol: [phone]}
      privacy_pass: {protects: [connection_key_packages], issues: {per: provider, tokens: 20, period: 1h}}
""",
)
RELAY = "  - relay_challenge: {by: c.example, of: b.example, endpoint: connection_key_packages}\n"
ASKS = "  - request_connection: {from: alice, to: carol}\n"


async def test_it_is_the_last_one_that_it_was_shown_until_it_behaves() -> None:
    await passes(
        f"""
  - request_connection: {{from: carol, to: bob}}
{RELAY}{ASKS}    expect:
      - error: token_required
      - challenge_ignored: {{by: a.example, rule: foreign_origin}}
      - requests: {{endpoint: token_request, count: 0}}
  - behave: c.example
{ASKS}    expect: {{redeemed: {{at: c.example, count: 1}}}}
""",
        BOTH,
    )


async def test_whoever_has_a_token_is_served() -> None:
    await passes(
        f"""
{ASKS}  - request_connection: {{from: carol, to: bob}}
{RELAY}{ASKS}    expect: {{redeemed: {{at: c.example, count: 2}}}}
""",
        BOTH,
    )


async def test_it_was_shown_none() -> None:
    mismatch = await fails(RELAY, BOTH)
    assert (mismatch.expected, mismatch.happened) == (
        "a challenge that b.example has shown c.example",
        "there was none",
    )
