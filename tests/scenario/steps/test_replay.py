"""The same bytes on the same way."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_what_is_repeated_is_answered_and_happens_once() -> None:
    await passes(
        TEAM
        + """
  - update_client: {by: bob, group: team}
    as: update
  - capture: {endpoint: group_operation, from: b.example, to: a.example, during: update}
    as: commit
  - replay: commit
    expect: {http: 200, agreement: {group: team, epoch: 2}}
  - capture: {endpoint: deliver_message, from: a.example, to: b.example}
    as: delivery
  - offline: bob
  - replay: {request: delivery}
    expect: {queued: {clients: bob, count: 0}}
"""
    )
