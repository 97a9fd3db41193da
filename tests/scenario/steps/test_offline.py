"""What is for an offline client waits at its provider."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_messages_wait() -> None:
    await passes(
        TEAM
        + """
  - offline: [bob, carol]
  - send: {by: alice, group: team}
    as: hello
    expect:
      queued: {clients: [bob, carol], count: 1}
      received: {messages: hello, by: []}
"""
    )
