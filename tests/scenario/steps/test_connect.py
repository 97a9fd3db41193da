"""`connect` asks and lets accept, user by user."""

from tests.scenario.stage import passes


async def test_all_are_connected_with_the_one_who_asks() -> None:
    await passes("""
  - connect: {from: alice.laptop, to: [bob, carol]}
    expect:
      - connected: [alice, bob]
      - connected: [alice, carol]
""")
