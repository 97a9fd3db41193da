"""A provider that is down reaches nobody and is reached by nobody."""

from tests.scenario.small_scenarios import TEAM, fails


async def test_nobody_is_there() -> None:
    mismatch = await fails(TEAM + "  - crash: [a.example, c.example]\n  - send: {by: bob, group: team}\n")
    assert "can't reach" in mismatch.happened


async def test_its_own_users_find_nobody_either() -> None:
    mismatch = await fails(TEAM + "  - crash: a.example\n  - send: {by: alice, group: team}\n")
    assert "it is down" in mismatch.happened
