"""Tokens that somebody else has paid for."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes, scenario

UNNAMED = 'to: b.example, endpoint: connection_key_packages, target: bob, fields: {requester: ""}'
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


async def test_one_can_come_out_of_a_wallet_where_it_stays() -> None:
    spoof = f"{{by: c.example, {UNNAMED}, token: {{of: a.example}}}}"
    await passes(
        f"""{ASKED}
  - spoof: {spoof}
    expect:
      - http: 200
      - redeemed: {{at: b.example, count: 2}}
      - tokens: {{of: a.example, for: b.example, left: 3}}
""",
        PAYING,
    )


async def test_an_empty_wallet() -> None:
    spoof = f"{{by: c.example, {UNNAMED}, token: {{of: c.example}}}}"
    mismatch = await fails(f"{ASKED}  - spoof: {spoof}\n", PAYING)
    assert mismatch.happened == "c.example has no token for b.example"


async def test_whoever_forges_a_request_pays_with_nothing_that_is_not_said() -> None:
    spoof = f"{{by: a.example, {UNNAMED}"
    await passes(
        f"""{ASKED}
  - spoof: {spoof}}}
    expect: {{error: token_required, unchanged: [a.example, b.example]}}
  - spoof: {spoof}, token: none}}
    expect: {{error: token_required, unchanged: [a.example, b.example]}}
""",
        PAYING,
    )


async def test_what_is_replayed_or_forwarded_presents_what_it_presented() -> None:
    await passes(
        CAPTURED
        + """
  - replay: paid
    expect: {http: 200, unchanged: b.example}
  - forward: {request: paid, by: c.example, to: b.example}
    expect: {http: 200, unchanged: b.example}
  - forward: {request: paid, by: c.example, to: b.example, token: none}
    expect: {error: token_required, http: 401, unchanged: b.example}
  - forward: {request: paid, by: c.example, to: b.example, token: {of: paid, set: {authenticator: flip}}}
    expect: {error: invalid_token, http: 401, unchanged: b.example}
""",
        PAYING,
    )


def test_the_name_is_that_of_a_request_or_of_a_provider() -> None:
    step = "  - forward: {request: paid, by: c.example, to: b.example, token: {of: nobody}}\n"
    with pytest.raises(ScenarioFileError, match='unknown request "nobody"'):
        scenario(CAPTURED + step, PAYING)


async def test_one_may_be_presented_twice() -> None:
    step = "  - request: {by: c.example, to: b.example, request: paid, token: {of: paid, times: 2}}\n"
    await passes(CAPTURED + step + "    expect: {error: invalid_token, http: 401, unchanged: b.example}\n", PAYING)
