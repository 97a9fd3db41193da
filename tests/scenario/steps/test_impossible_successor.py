"""A group that is to end in favour of one that can't be."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_the_owner_is_to_refuse_it() -> None:
    await passes(
        TEAM
        + """
  - impossible_successor: {by: bob, group: team, successor: "mimi://a.example/g/next"}
    expect: {error: invalid_proposal, unchanged: a.example}
  - send: {by: bob, group: team}
    as: hello
    expect:
      received: {messages: hello, by: [alice, carol]}
"""
    )
