"""Anybody with a key of its own, in another provider's user's name."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, passes, scenario


async def test_it_asks_in_the_name_that_it_claims() -> None:
    await passes(
        TEAM
        + """
  - impersonate: {client: bob.shadow, by: c.example}
  - external_join: {by: bob.shadow, group: team}
    expect:
      noticed: {event: epoch_changed, by: [alice, bob.phone, carol], fields: {unproven: bob.shadow}}
  - offline: bob.shadow
  - send: {by: bob.shadow, group: team}
    as: hello
    expect:
      received: {messages: hello, by: [alice, bob.phone, carol]}
"""
    )


async def test_it_may_claim_a_client_that_exists() -> None:
    await passes(
        TEAM
        + """
  - impersonate: {client: bob.false, by: c.example, claims: bob.phone}
  - external_join: {by: bob.false, group: team}
    expect: {error: not_authorized, unchanged: a.example}
  - impersonate: {client: alice.false, by: c.example, claims: alice.phone}
  - external_join: {by: alice.false, group: team}
    expect: {error: invalid_signature, unchanged: a.example}
"""
    )


def test_a_name_that_is_taken() -> None:
    with pytest.raises(ScenarioFileError, match="already a client"):
        scenario("  - impersonate: {client: bob.phone, by: c.example}\n")
