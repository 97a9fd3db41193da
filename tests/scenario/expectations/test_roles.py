"""Roles are compared as each member has them, where a draft has roles."""

from pathlib import Path

import pytest

from simulator.scenario import Result, load_file, run_scenario
from tests.scenario.small_scenarios import TEAM, Silent, play

ROOM = """
name: Roles
description: What each member has in its list.
drafts: [mimi-protocol-06]
topology:
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
steps:
  - connect: {from: alice, to: bob}
  - create_group: alice
    as: club
  - add_users: {by: alice, group: club, users: bob}
    expect:
      roles: {group: club, of: {alice: super_admin, bob: %s}}
"""


@pytest.mark.parametrize(("role", "found"), [("ordinary_user", Result.passed), ("group_admin", Result.failed)])
async def test_each_member_says_who_has_which_role(tmp_path: Path, role: str, found: Result) -> None:
    file = tmp_path / "roles.yaml"
    file.write_text(ROOM % role)
    result = await run_scenario(load_file(file), None, Silent())
    assert result.result is found
    for mismatch in result.steps[-1].mismatches:
        assert "alice.phone" in mismatch.happened
        assert "bob.phone" in mismatch.happened


async def test_a_draft_without_roles_does_not_know_what_it_means() -> None:
    result = await play(TEAM + "\n    expect: {roles: {group: team, of: {alice: admin}}}\n")
    assert result.result is Result.unsupported
