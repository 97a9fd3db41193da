"""Who has none of the messages."""

from tests.scenario.small_scenarios import TEAM, fails, passes

SENT = TEAM + "  - offline: bob\n  - send: {by: alice, group: team}\n    as: hello\n"


async def test_somebody_else_may_have_it() -> None:
    await passes(SENT + "    expect: {not_received: {messages: hello, by: bob}}\n")


async def test_who_has_it_after_all() -> None:
    mismatch = await fails(SENT + "    expect: {not_received: {messages: hello, by: [bob, carol]}}\n")
    assert mismatch.expected.startswith("carol.phone to have none of")
