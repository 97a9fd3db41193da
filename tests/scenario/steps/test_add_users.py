"""Adding users brings all of their clients."""

from tests.scenario.stage import passes


async def test_all_clients_of_the_users_are_in() -> None:
    await passes("""
  - connect: {from: bob, to: [alice, carol]}
  - create_group: bob
    as: team
  - add_users: {by: bob, group: team, users: [alice, carol]}
    expect: {members: {group: team, clients: [bob, alice.phone, alice.laptop, carol]}}
""")


async def test_a_user_who_does_not_exist() -> None:
    await passes("""
  - create_group: alice
    as: team
  - add_users: {by: alice, group: team, users: "mimi://b.example/u/nobody"}
    expect: {error: unknown_user}
""")
