from tests.scenario.small_scenarios import TEAM, fails, passes


async def test_the_provider_is_to_refuse_a_flaw_and_a_taken_id() -> None:
    await passes(
        TEAM
        + """
  - odd_group: {by: alice, same_id: team}
    expect: {error: invalid_group_id}
  - odd_group: {by: alice, id: "mimi://a.example/g/odd", flaw: no_version}
    expect: {error: invalid_group_info}
  - odd_group: {by: alice, id: "mimi://a.example/g/odd"}
    as: odd
    expect: {members: {group: odd, clients: alice}}
"""
    )


async def test_a_group_that_is_taken_although_it_should_not_be() -> None:
    steps = '  - odd_group: {by: alice, id: "mimi://a.example/g/odd"}\n    expect: {error: invalid_group_info}\n'
    mismatch = await fails(TEAM + steps)
    assert mismatch.happened == "it succeeded"
