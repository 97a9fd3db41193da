"""A connection has two sides."""

from tests.scenario.small_scenarios import fails, passes


async def test_asked_alone_is_not_connected() -> None:
    mismatch = await fails("  - request_connection: {from: alice, to: bob}\n    expect: {connected: [alice, bob]}\n")
    assert (mismatch.expected, mismatch.happened) == ("bob connected to alice", "b.example knows of no connection")


async def test_each_pair_is_looked_at() -> None:
    mismatch = await fails(
        "  - connect: {from: alice, to: [bob, carol]}\n    expect: {connected: [alice, bob, carol]}\n"
    )
    assert mismatch.expected == "bob connected to carol; carol connected to bob"
    assert mismatch.happened == "b.example knows of no connection; c.example knows of no connection"


async def test_asked_and_accepted() -> None:
    await passes("  - connect: {from: alice, to: bob}\n    expect: {connected: [bob, alice]}\n")
