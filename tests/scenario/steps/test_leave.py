"""Leaving is proposed; another's commit does it."""

from tests.scenario.small_scenarios import TEAM, TOPOLOGY, passes


async def test_the_next_commit_takes_the_leaver_out() -> None:
    await passes(
        TEAM
        + """
  - leave: {by: bob, group: team}
    expect: {members: {group: team, clients: [alice, bob, carol]}}
  - update_client: {by: alice, group: team}
    expect: {members: {group: team, clients: [alice, carol]}}
"""
    )


async def test_a_user_leaves_with_all_clients_or_a_client_alone() -> None:
    head = TOPOLOGY.replace("topology:", "topology:\n  draft: mimi-protocol-06", 1)
    await passes(
        TEAM
        + """
  - leave: {by: bob.phone, group: team, alone: true}
  - update_client: {by: alice, group: team}
    expect: {members: {group: team, clients: [alice, bob.tablet, carol]}}
  - add_clients: {by: bob.tablet, group: team, clients: bob.phone}
  - leave: {by: bob.phone, group: team}
  - update_client: {by: alice, group: team}
    expect: {members: {group: team, clients: [alice, carol]}}
""".replace("by: alice,", "by: alice.phone,"),
        head.replace("bob: [phone]", "bob: [phone, tablet]"),
    )
