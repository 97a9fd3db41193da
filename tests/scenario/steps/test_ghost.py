"""A client that nobody has."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, passes, scenario


async def test_it_joins_reads_and_is_seen() -> None:
    await passes(
        TEAM
        + """
  - ghost: bob.shadow
  - external_join: {by: bob.shadow, group: team}
    expect:
      noticed: {event: epoch_changed, by: [alice, bob.phone, carol], fields: {added: bob.shadow}}
  - send: {by: alice, group: team}
    as: hello
    expect:
      received: {messages: hello, by: [bob, carol]}
"""
    )


async def test_it_gets_the_name_of_one_that_was_taken_off() -> None:
    await passes(
        TEAM
        + """
  - remove_device: alice.phone
  - ghost: {client: alice.second, claims: alice.phone}
  - send: {by: alice.phone, group: team}
    expect: {error: invalid_signature}
  - external_join: {by: alice.second, group: team}
  - send: {by: alice.second, group: team}
    as: hello
    expect:
      received: {messages: hello, by: [bob, carol]}
"""
    )


def test_a_name_that_is_taken() -> None:
    with pytest.raises(ScenarioFileError, match="already a client"):
        scenario("  - ghost: bob.phone\n")
