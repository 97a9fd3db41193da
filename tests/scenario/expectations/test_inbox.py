"""A client's inbox as a whole."""

from tests.scenario.small_scenarios import TEAM, fails, passes

MESSAGES = (
    TEAM
    + """
  - send: {by: alice, group: team, text: one}
    as: one
  - send: {by: bob, group: team, text: two}
    as: two
"""
)


async def test_all_that_was_received() -> None:
    await passes(MESSAGES + "  - expect: {inbox: {of: carol, messages: [one, two]}}\n")


async def test_one_message_more_than_expected() -> None:
    mismatch = await fails(MESSAGES + "  - expect: {inbox: {of: carol, messages: one}}\n")
    assert mismatch.expected == 'the inbox of carol.phone to be "one" from mimi://a.example/d/alice/phone'
    assert mismatch.happened.endswith(
        '"one" from mimi://a.example/d/alice/phone, "two" from mimi://b.example/d/bob/phone'
    )


async def test_an_empty_inbox() -> None:
    await passes("  - expect: {inbox: {of: carol, messages: []}}\n")
    mismatch = await fails(MESSAGES + "  - expect: {inbox: {of: carol, messages: []}}\n")
    assert mismatch.expected == "the inbox of carol.phone to be empty"
