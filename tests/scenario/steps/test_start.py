"""A provider that is back has all it had stored."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_what_was_accepted_before_the_crash_is_delivered() -> None:
    await passes(
        TEAM
        + """
  - crash: b.example
  - send: {by: alice, group: team}
    as: meanwhile
  - crash: a.example
  - start: [a.example, b.example, c.example]
  - advance: 1m
    expect:
      received: {messages: meanwhile, by: [alice, bob, carol]}
      delivered: {all: true}
      consistent: {}
"""
    )
