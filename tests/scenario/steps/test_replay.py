"""The same bytes on the same way."""

from tests.scenario.stage import TEAM, passes


async def test_the_owner_refuses_a_repeated_commit_and_a_guest_takes_a_repeated_message_once() -> None:
    await passes(
        TEAM
        + """
  - update_client: {by: bob, group: team}
    as: update
  - capture: {endpoint: group_operation, from: b.example, to: a.example, during: update}
    as: commit
  - replay: commit
    expect: {error: wrong_epoch, http: 409, agreement: {group: team, epoch: 2}}
  - capture: {endpoint: deliver_message, from: a.example, to: b.example}
    as: delivery
  - offline: bob
  - replay: {request: delivery}
    expect: {queued: {clients: bob, count: 0}}
"""
    )
