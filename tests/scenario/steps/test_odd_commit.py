import pytest

from simulator.scenario.problems import ScenarioFileError
from tests.scenario.stage import TEAM, fails, passes, scenario

PARTIAL = "  - odd_commit: {by: alice, group: team, operation: delete_group, removes: bob}\n"


async def test_the_owner_is_to_refuse_it() -> None:
    await passes(TEAM + PARTIAL + "    expect: {error: invalid_commit, unchanged: a.example}\n")
    mismatch = await fails(
        TEAM + PARTIAL.replace("delete_group", "remove_users") + "    expect: {error: invalid_commit}\n"
    )
    assert mismatch.happened == "it succeeded"


async def test_all_of_its_parts() -> None:
    await passes(
        TEAM
        + """
  - create_group: alice
    as: other
  - odd_commit: {by: alice, group: other, operation: add_users, users: [bob, carol], welcomes: one_for_all}
    expect: {error: invalid_welcome}
  - odd_commit: {by: alice, group: other, operation: add_users, users: bob, connection: true}
    expect: {error: invalid_leaf_node}
  - odd_commit: {by: alice, group: other, operation: add_clients, clients: bob}
    expect: {error: invalid_proposal}
  - odd_commit: {by: bob, group: team, operation: re_initialize_group, same_id: other}
    expect: {error: invalid_proposal}
  - odd_commit: {by: bob, group: team, operation: update_client, without_version: true}
    expect: {error: invalid_commit}
  - odd_commit: {by: bob, group: team, operation: update_client, credential: alice.laptop}
    expect: {error: invalid_leaf_node}
"""
    )


def test_an_operation_that_takes_no_commit_is_a_mistake_of_the_author() -> None:
    with pytest.raises(ScenarioFileError, match='"add_user" takes no commit'):
        scenario(TEAM + PARTIAL.replace("delete_group", "add_user"))
