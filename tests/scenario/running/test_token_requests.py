"""Token requests that a scenario writes."""

import pytest

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

SPOOF = "  - spoof: {{by: c.example, to: b.example, endpoint: token_request{0}}}\n    expect: {{{1}}}\n"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("", "http: 200, issued: {by: b.example, to: c.example, count: 1}"),
        (", fields: {token_type: 1}", "http: 422, error: malformed, unchanged: b.example"),
        (", attested: {provider: a.example}", "http: 401, error: invalid_signature, unchanged: b.example"),
        (", attested: {ago: 4m}", "http: 200"),
        (", attested: {ago: 6m}", "http: 401, error: invalid_signature, unchanged: b.example"),
        (f", attested: {{holder: 'hex:{'01' * 32}'}}", "http: 400, error: malformed, unchanged: b.example"),
    ],
)
async def test_what_comes_of_one(said: str, outcome: str) -> None:
    await passes(ASKED + SPOOF.format(said, outcome), PAYING)


async def test_an_issuer_that_nobody_has_asked_has_no_key_to_be_asked_for() -> None:
    mismatch = await fails("  - spoof: {by: c.example, to: b.example, endpoint: token_request}\n", PAYING)
    assert mismatch.happened == "b.example has no key yet: nobody has asked for its directory"


async def test_any_body_can_be_signed() -> None:
    request = "{by: c.example, to: b.example, endpoint: token_request, body: 'hex:0002'"
    await passes(
        f"""{ASKED}
  - request: {request}, size: 258, attested: {{}}}}
    expect: {{http: 422, error: malformed, unchanged: b.example}}
  - request: {request}, size: 258}}
    expect: {{http: 401, error: invalid_signature, unchanged: b.example}}
""",
        PAYING,
    )


async def test_those_of_others_can_be_captured_changed_and_replayed() -> None:
    await passes(
        f"""{ASKED}
  - capture: {{endpoint: token_request, from: a.example, to: b.example}}
    as: got
  - replay: got
    expect: {{http: 200, issued: {{by: b.example, to: a.example, count: 4}}}}
  - tamper: {{request: got, flip: blinded_msg}}
    as: another
  - forward: {{request: another, by: c.example, to: b.example}}
    expect: {{http: 401, error: invalid_signature, unchanged: b.example}}
  - request: {{by: a.example, to: b.example, request: got, headers: {{Content-Digest: "sha-256=:AA==:"}}}}
    expect: {{http: 401, error: invalid_signature, unchanged: b.example}}
""",
        PAYING,
    )


async def test_answers_of_an_issuer_can_be_others() -> None:
    await passes(
        f"""
  - answer: {{by: b.example, endpoint: token_request, flip: blind_sig, times: 1}}
{ASKED}    expect:
      - error: token_required
      - requests: {{endpoint: token_request, http: 200, count: 1}}
      - tokens: {{of: a.example, for: b.example, left: 0}}
  - answer: {{by: b.example, endpoint: token_directory, status: 404, times: 1}}
  - request: {{by: c.example, to: b.example, endpoint: token_directory}}
    expect: {{http: 404}}
  - request: {{by: c.example, to: b.example, endpoint: token_directory}}
    expect: {{http: 200}}
""",
        PAYING,
    )
