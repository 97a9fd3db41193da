from pathlib import Path

import pytest

from simulator.scenario import Result
from simulator.scenario.loading.problems import ScenarioFileError
from tests.external_providers import carols
from tests.scenario.small_scenarios import TEAM, culprit, fails, passes, play, scenario

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
  - create_group: alice.phone
    as: other
  - odd_commit: {by: alice.phone, group: other, operation: add_users, users: [bob, carol], welcomes: one_for_all}
    expect: {error: invalid_welcome}
  - odd_commit: {by: alice.phone, group: other, operation: add_users, users: bob, connection: true}
    expect: {error: invalid_leaf_node}
  - odd_commit: {by: alice.phone, group: other, operation: add_clients, clients: bob}
    expect: {error: invalid_proposal}
  - odd_commit: {by: bob, group: team, operation: re_initialize_group, same_id: other}
    expect: {error: invalid_proposal}
  - odd_commit: {by: bob, group: team, operation: update_client, without_version: true}
    expect: {error: invalid_commit}
  - odd_commit: {by: bob, group: team, operation: update_client, credential: alice.laptop}
    expect: {error: invalid_leaf_node}
"""
    )


async def test_names_keys_and_repetitions_that_the_owner_is_to_see_through() -> None:
    await passes(
        TEAM
        + """
  - odd_commit: {by: bob, group: team, operation: add_users, made_up: "mimi://a.example/d/nobody/phone"}
    expect: {error: unknown_user}
  - odd_commit: {by: alice, group: team, operation: update_client, new_key: true}
    expect: {error: invalid_leaf_node}
  - leave: {by: bob, group: team}
  - odd_commit:
      {by: bob, group: team, operation: self_remove_client, proposed: true, removes: bob, authenticated_data: again}
    expect: {error: invalid_proposal}
"""
    )


async def test_an_owner_in_league_with_the_committer_takes_it_all_the_same() -> None:
    await passes(
        TEAM
        + """
  - odd_commit: {by: bob, group: team, operation: update_client, removes: carol, unchecked: true}
    expect:
      members: {group: team, clients: [alice, bob]}
"""
    )


def test_a_made_up_client_has_a_clients_name() -> None:
    with pytest.raises(ScenarioFileError, match="is no client URI"):
        scenario(TEAM + "  - odd_commit: {by: bob, group: team, operation: add_users, made_up: nobody}\n")


def test_an_operation_that_takes_no_commit_is_a_mistake_of_the_author() -> None:
    with pytest.raises(ScenarioFileError, match='"add_user" takes no commit'):
        scenario(TEAM + PARTIAL.replace("delete_group", "add_user"))


PER_CLIENT = """
  - connect: {from: alice, to: [bob, carol]}
  - create_group: alice
    as: team
  - odd_commit: {by: alice, group: team, operation: add_users, users: [bob, carol], welcomes: per_client}
    expect: {error: invalid_welcome, unchanged: a.example}
  - odd_commit: {by: alice, group: team, operation: add_users, users: [bob, carol], welcomes: per_provider}
    expect: {members: {group: team, clients: [alice, bob, carol]}}
"""


async def test_a_welcome_for_each_client_is_odd_where_an_external_provider_s_user_has_two(tmp_path: Path) -> None:
    async with carols(tmp_path, agreeing=True, said=", accepts: true") as head:
        result = await play(PER_CLIENT, head.replace("carol: [phone]", "carol: [phone, laptop]"))
    assert result.result is Result.passed, culprit(result)


@pytest.mark.parametrize(
    ("wanted", "said"), [("[phone]", "this step needs 1"), ("[phone, watch, laptop]", "this step needs 3")]
)
async def test_nobody_has_failed_where_an_external_provider_s_user_has_more_clients_or_fewer(
    tmp_path: Path, wanted: str, said: str
) -> None:
    async with carols(tmp_path, agreeing=True, said=", accepts: true") as head:
        result = await play(PER_CLIENT, head.replace("carol: [phone]", f"carol: {wanted}"))
    passed, unsupported = Result.passed, Result.unsupported
    assert [step.result for step in result.steps] == [passed, passed, unsupported, passed], culprit(result)
    assert result.reason == f"c.example is an external provider: carol has 2 clients there, {said}"
