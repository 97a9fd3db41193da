"""Nothing in a provider's store has changed by a step."""

from tests.scenario.stage import TEAM, fails, passes


async def test_a_refused_request_changes_nothing() -> None:
    await passes(
        TEAM
        + """
  - request_connection: {from: alice, to: "mimi://b.example/u/nobody"}
    expect: {error: unknown_user, unchanged: [b.example, c.example]}
"""
    )


async def test_a_change_is_found_where_it_is() -> None:
    mismatch = await fails(TEAM + "  - send: {by: bob, group: team}\n    expect: {unchanged: [b.example, c.example]}\n")
    assert mismatch.expected == "nothing to change at c.example"
