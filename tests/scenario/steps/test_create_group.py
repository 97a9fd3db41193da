"""A group is created at its creator's provider."""

from tests.scenario.small_scenarios import passes


async def test_its_creator_is_alone_in_it() -> None:
    await passes("""
  - create_group: alice.laptop
    as: team
    expect:
      members: {group: team, clients: alice.laptop}
      agreement: {group: team, epoch: 0}
      requests: {count: 0}
""")
