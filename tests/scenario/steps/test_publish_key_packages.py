"""Stocks are filled at one's own provider."""

from tests.scenario.small_scenarios import passes


async def test_the_stock_grows_by_what_was_published() -> None:
    await passes("""
  - expect:
      - key_packages: {of: bob, remaining: 3}
      - key_packages: {of: bob, remaining: 3, connection: true}
  - publish_key_packages: {by: bob, count: 2, connection: true}
    expect:
      - key_packages: {of: bob, remaining: 3}
      - key_packages: {of: bob, remaining: 5, connection: true}
  - publish_key_packages: {by: bob, last_resort: true}
    expect: {key_packages: {of: bob, remaining: 3}}
""")
