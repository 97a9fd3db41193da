"""Another key than the one that signs."""

from pathlib import Path

import pytest

from simulator.scenario import Result
from tests.scenario.small_scenarios import passes, play, with_external


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


async def test_an_external_provider_may_know_the_true_key_from_an_earlier_run(tmp_path: Path) -> None:
    result = await play("  - lie_about_key: {by: b.example, expired: 1s}\n", with_external(tmp_path))
    assert result.result is Result.unsupported
    assert result.reason is not None
    assert "that it forgets the key of b.example" in result.reason
