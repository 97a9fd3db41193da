"""Each bad certificate is refused for its own reason; a good one is not."""

import pytest

from tests.scenario.small_scenarios import passes


@pytest.mark.parametrize(
    ("certificate", "reason"), [("expired", "expired"), ("wrong_name", "mismatch"), ("foreign_ca", "issuer")]
)
async def test_bad_certificates_are_refused_in_the_handshake(certificate: str, reason: str) -> None:
    await passes(f"""
  - present_certificate: {{provider: b.example, certificate: {certificate}}}
  - request_connection: {{from: alice, to: bob}}
    expect: {{tls: {reason}, unchanged: b.example}}
  - present_certificate: {{provider: b.example, certificate: good}}
  - connect: {{from: alice, to: bob}}
""")
