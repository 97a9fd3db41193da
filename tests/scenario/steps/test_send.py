"""Messages, from one client or from several in turn."""

import pytest

from tests.scenario.small_scenarios import TEAM, fails, passes


async def test_each_sender_has_all_messages_but_its_own() -> None:
    await passes(
        TEAM
        + """
  - send: {by: [alice, bob], group: team, text: Grüße}
    as: words
    expect: {received: {messages: words, by: [alice, bob, carol]}}
"""
    )


@pytest.mark.parametrize("together", [False, True])
async def test_what_was_refused_was_never_sent(together: bool) -> None:
    send = "send: {by: carol, group: team}, as: question, expect: {error: wrong_epoch}"
    steps = f"  - together: [{{{send}}}, {{send: {{by: alice, group: team}}}}]\n" if together else f"  - {{{send}}}\n"
    mismatch = await fails(
        TEAM
        + "  - withhold: {by: a.example, clients: carol}\n  - update_client: {by: alice, group: team}\n"
        + steps
        + "  - expect: {not_received: {messages: question, by: bob}}\n"
    )
    assert mismatch.happened.startswith("there is no message question: the step in line ")
    assert "did not work out (" in mismatch.happened
    assert mismatch.happened.endswith("): it was never sent")
