"""What the members do not take from their hub."""

import pytest

from tests.scenario.small_scenarios import TEAM, passes


@pytest.mark.parametrize(
    ("flaw", "rule"),
    [
        ("update", "external_sender_proposal_type"),
        ("external_init", "external_sender_proposal_type"),
        ("commit", "external_sender_content"),
    ],
)
async def test_the_members_refuse_it(flaw: str, rule: str) -> None:
    await passes(
        TEAM
        + f"""
  - odd_proposal: {{group: team, flaw: {flaw}}}
    expect:
      - rejected: {{by: [alice, bob, carol], rule: {rule}}}
      - agreement: {{group: team, epoch: 1}}
"""
    )
