"""A connection request reaches the other user's clients and names its group."""

from tests.scenario.small_scenarios import fails, passes


async def test_the_other_user_is_asked() -> None:
    await passes("""
  - request_connection: {from: alice, to: bob}
    as: greeting
    expect: {connection_requests: {at: bob, groups: greeting}, agreement: {group: greeting, epoch: 1}}
""")


async def test_nobody_can_be_asked_who_does_not_exist() -> None:
    mismatch = await fails('  - request_connection: {from: alice, to: "mimi://b.example/u/nobody"}')
    assert mismatch.expected == "success"
    assert mismatch.happened.startswith("HTTP 404: ")
    assert "unknown_user" in mismatch.happened
