"""Accepting joins the connection group and connects both users."""

from tests.scenario.stage import fails, passes


async def test_both_are_connected() -> None:
    await passes("""
  - request_connection: {from: alice, to: bob}
    as: greeting
  - accept_connection: {by: bob, from: alice}
    expect: {connected: [alice, bob], members: {group: greeting, clients: [alice, bob]}}
""")


async def test_nothing_to_accept() -> None:
    mismatch = await fails("  - accept_connection: {by: bob, from: alice}")
    assert "has no connection request" in mismatch.happened
