"""Who was told of whom."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_who_accepts_learns_who_has_asked() -> None:
    accepted = "  - accept_connection: {by: bob, from: alice}\n    expect: {named: {user: alice, at: b.example}}\n"
    await passes(ASKED + accepted, PAYING)


async def test_who_pays_is_not_named() -> None:
    mismatch = await fails(ASKED + "    expect: {named: {user: alice, at: b.example}}\n", PAYING)
    assert (mismatch.expected, mismatch.happened) == (
        "b.example to be told of alice",
        "nothing that it has got names alice",
    )
