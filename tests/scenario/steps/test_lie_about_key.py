"""Another key than the one that signs."""

import pytest

from tests.scenario.stage import passes


@pytest.mark.parametrize(
    ("lie", "outcome"),
    [
        ("key_of: c.example", "http: 401, error: invalid_signature"),
        ("provider: c.example", "http: 502, error: sender_unverifiable"),
        ("expired: 1s", "http: 502, error: sender_unverifiable"),
        ("scheme: 1027", "http: 502, error: sender_unverifiable"),
    ],
)
async def test_what_it_signs_is_refused(lie: str, outcome: str) -> None:
    await passes(f"""
  - lie_about_key: {{by: b.example, {lie}}}
  - request_connection: {{from: bob, to: alice}}
    expect: {{{outcome}}}
""")
