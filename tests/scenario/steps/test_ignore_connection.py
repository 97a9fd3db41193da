"""Ignoring throws the request away and tells nobody."""

from tests.scenario.small_scenarios import fails, passes


async def test_the_request_is_gone_and_nobody_hears_of_it() -> None:
    await passes("""
  - request_connection: {from: alice, to: bob}
  - ignore_connection: {by: bob, from: alice}
    expect: {connection_requests: {at: bob, groups: []}, requests: {count: 0}}
""")


async def test_nothing_to_ignore() -> None:
    mismatch = await fails("  - ignore_connection: {by: bob, from: alice}")
    assert "has no connection request" in mismatch.happened
