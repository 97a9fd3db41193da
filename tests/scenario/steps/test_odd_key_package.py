"""What a provider does not take into its stock."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_flaws_and_keys() -> None:
    await passes(
        TEAM
        + """
  - odd_key_package: {by: bob, new_key: true}
    expect: {error: invalid_signature, unchanged: b.example}
  - odd_key_package: {by: bob, flaw: filled_mark, last_resort: true}
    expect: {error: invalid_leaf_node, unchanged: b.example}
  - odd_key_package: {by: bob, flaw: filled_mark, connection: true}
    expect: {error: invalid_leaf_node, unchanged: b.example}
  - odd_key_package: {by: bob}
    expect: {key_packages: {of: bob, remaining: 3}}
"""
    )
