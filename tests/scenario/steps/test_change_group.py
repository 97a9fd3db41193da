"""Roles and settings are changed where a draft has them."""

from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, play


async def test_a_draft_without_roles_does_not_know_what_it_means() -> None:
    result = await play(TEAM + "\n  - change_group: {by: alice, group: team, roles: {bob: admin}}\n")
    assert result.steps[-1].result is Result.unsupported
    assert "members have no roles" in str(result.steps[-1].message)
