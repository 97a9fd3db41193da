"""Messages, from one client or from several in turn."""

from tests.scenario.stage import TEAM, passes


async def test_each_sender_has_all_messages_but_its_own() -> None:
    await passes(
        TEAM
        + """
  - send: {by: [alice, bob], group: team, text: Grüße}
    as: words
    expect: {received: {messages: words, by: [alice, bob, carol]}}
"""
    )
