"""An account ends; the next commit takes all of its clients out of the group."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_its_clients_leave_the_group() -> None:
    await passes(
        TEAM
        + """
  - add_clients: {by: alice.phone, group: team, clients: alice.laptop}
  - remove_account: alice
  - update_client: {by: bob, group: team}
    expect:
      - members: {group: team, clients: [bob, carol]}
      - delivered: {all: true}
  - request_connection: {from: bob, to: alice}
    expect: {error: unknown_user}
"""
    )
