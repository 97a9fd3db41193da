"""Sides that share nothing."""

from tests.scenario.small_scenarios import TEAM, fails, passes


async def test_two_sides() -> None:
    await passes(
        TEAM
        + "  - equivocate: {by: alice, group: team, to: carol}\n"
        + "    expect: {split: {group: team, sides: [[alice, bob], carol]}}\n"
    )


async def test_one_side_that_is_none_and_two_that_are_one() -> None:
    forked = (
        TEAM + "  - equivocate: {by: alice, group: team, to: carol}\n    expect: {split: {group: team, sides: %s}}\n"
    )
    assert (await fails(forked % "[[alice, carol]]")).happened == "alice and carol differ"
    assert (await fails(forked % "[[alice], [bob]]")).happened == "bob and alice agree"
    assert (
        await fails(forked.replace("alice,", "alice.phone,") % "[[alice.laptop]]")
    ).expected == "alice.laptop to be in team"
