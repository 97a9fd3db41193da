"""A deleted group is nobody's."""

from tests.scenario.stage import TEAM, passes


async def test_the_provider_knows_it_no_more() -> None:
    await passes(
        TEAM
        + """
  - send: {by: bob, group: team}
    as: hello
  - capture: {endpoint: group_operation, from: b.example, to: a.example, during: hello}
    as: request
  - delete_group: {by: alice, group: team}
  - replay: request
    expect: {error: unknown_group, http: 404}
"""
    )
