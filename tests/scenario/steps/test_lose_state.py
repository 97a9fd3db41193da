"""A client that has lost a group can't act in it."""

from tests.scenario.small_scenarios import TEAM, fails


async def test_it_does_not_know_the_group() -> None:
    mismatch = await fails(TEAM + "  - lose_state: {by: bob, group: team}\n  - send: {by: bob, group: team}\n")
    assert "mimi://b.example/d/bob/phone is not in the group" in mismatch.happened
