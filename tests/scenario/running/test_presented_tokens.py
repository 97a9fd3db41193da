"""Tokens that somebody else has paid for."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import passes

CAPTURED = ASKED + "  - capture: {endpoint: connection_key_packages, from: a.example, to: b.example}\n    as: paid\n"


async def test_one_can_be_left_out_taken_over_and_changed() -> None:
    tokens = {"none": "token_required", "{of: paid, set: {nonce: flip}}": "invalid_token"}
    steps = "".join(
        f"  - request: {{by: c.example, to: b.example, request: paid, token: {token}}}\n"
        f"    expect: {{error: {word}, http: 401, unchanged: b.example}}\n"
        for token, word in tokens.items()
    )
    same = "  - request: {by: c.example, to: b.example, request: paid, token: {of: paid}}\n"
    await passes(CAPTURED + steps + same, PAYING)
