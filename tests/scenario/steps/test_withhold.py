"""Messages that some do not get."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, passes, scenario


async def test_clients_providers_and_so_many_times() -> None:
    await passes(
        TEAM
        + """
  - withhold: {by: a.example, clients: bob, times: 1}
  - withhold: {by: a.example, providers: c.example}
  - send: {by: alice, group: team, text: one}
    as: one
  - send: {by: alice, group: team, text: two}
    as: two
    expect:
      - received: {messages: one, by: []}
      - received: {messages: two, by: bob}
"""
    )


def test_nobody_to_withhold_from() -> None:
    with pytest.raises(ScenarioFileError, match="say from whom"):
        scenario("  - withhold: {by: a.example}\n")
