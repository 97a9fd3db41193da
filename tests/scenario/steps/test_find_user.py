"""Users are found by identifiers, in a draft that has a search."""

from simulator.scenario import Result
from tests.scenario.small_scenarios import TOPOLOGY, fails, passes, play

SEARCHING = TOPOLOGY.replace("topology:", "drafts: [mimi-protocol-06]\ntopology:")


async def test_by_one_identifier_or_several() -> None:
    await passes(
        """
  - find_user: {from: alice, to: bob}
    expect: {requests: {endpoint: identifierQuery, from: a.example, to: b.example, success: true, count: 1}}
  - find_user: {from: alice, to: bob, kinds: [nick, handle]}
  - find_user: {from: alice, to: "mimi://b.example/u/nobody"}
    expect: {error: unknown_user}
""",
        SEARCHING,
    )


async def test_before_a_connection() -> None:
    steps = """
  - request_connection: {from: alice, to: bob, find: true}
    expect: {requests: {from: a.example, to: b.example, success: true, at_least: 2}}
"""
    await passes(steps, SEARCHING)
    await passes(steps)


async def test_where_nobody_is_found_by_that() -> None:
    mismatch = await fails("  - find_user: {from: alice, to: bob, kinds: [nik]}", SEARCHING)
    assert 'nobody is searched by "nik" (did you mean "nick"?)' in mismatch.happened
    assert (await play("  - find_user: {from: alice, to: bob}")).result is Result.unsupported


async def test_somebody_else_is_not_who_was_looked_for() -> None:
    mismatch = await fails(
        """
  - answer: {by: b.example, endpoint: identifierQuery, set: {uri: ["mimi://b.example/u/ben"]}}
  - find_user: {from: alice, to: bob}
""",
        SEARCHING,
    )
    assert "mimi://b.example/u/ben was found, and not mimi://b.example/u/bob" in mismatch.happened
