"""Honest again."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_what_was_withheld_stays_so_and_the_rest_arrives() -> None:
    await passes(
        TEAM
        + """
  - withhold: {by: a.example, clients: bob}
  - send: {by: alice, group: team, text: one}
    as: one
  - behave: a.example
  - send: {by: alice, group: team, text: two}
    as: two
    expect:
      - received: {messages: one, by: carol}
      - received: {messages: two, by: [bob, carol]}
"""
    )
