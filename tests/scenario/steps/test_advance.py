"""Time passes as far as it is told to."""

from tests.scenario.stage import passes


async def test_key_packages_expire() -> None:
    await passes("""
  - advance: 27d
    expect: {key_packages: {of: bob, remaining: 3}}
  - advance: 1d
  - advance: 1s
    expect: {key_packages: {of: bob, remaining: 0}}
""")
