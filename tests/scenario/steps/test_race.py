"""One epoch, several commits: the order of the list decides."""

import pytest

from simulator.scenario import Result, ScenarioFileError
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, fails, passes, play, scenario


@pytest.mark.parametrize(("first", "second"), [("bob", "carol"), ("carol", "bob")])
async def test_the_first_in_the_list_wins(first: str, second: str) -> None:
    await passes(
        TEAM
        + f"""
  - race:
      - update_client: {{by: {first}, group: team}}
      - update_client: {{by: {second}, group: team}}
        expect: {{error: wrong_epoch, http: 409, current_epoch: 2}}
"""
    )


async def test_an_operation_that_ends_otherwise_fails_the_race() -> None:
    mismatch = await fails(
        TEAM
        + """
  - race:
      - update_client: {by: bob, group: team}
      - update_client: {by: carol, group: team}
"""
    )
    assert mismatch.expected == "success"
    assert "wrong_epoch" in mismatch.happened


async def test_an_operation_that_is_left_out_does_not_race() -> None:
    result = await play(
        TEAM
        + """
  - race:
      - update_client: {by: bob, group: team}
        skip: not today
      - update_client: {by: carol, group: team}
    expect: {agreement: {group: team, epoch: 2}}
"""
    )
    assert (result.result, result.reason) == (Result.skipped, "not today")


@pytest.mark.parametrize("operation", ["send: {by: bob, group: team}", "lose_state: {by: bob, group: team}"])
def test_only_single_requests_to_a_group_can_race(operation: str) -> None:
    with pytest.raises(ScenarioFileError, match="can't race"):
        scenario(TEAM + f"  - race:\n      - {operation}\n")


async def test_nobody_learns_of_another_s_also_where_requests_take_time() -> None:
    await passes(
        TEAM
        + """
  - race:
      - update_client: {by: bob, group: team}
      - update_client: {by: carol, group: team}
        expect: {error: wrong_epoch}
""",
        "network: {latency: 40 ms}" + TOPOLOGY,
    )
