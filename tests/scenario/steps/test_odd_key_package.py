"""What a provider does not take into its stock."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, passes, scenario


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
  - odd_key_package: {by: bob, claims: carol}
    expect: {error: invalid_leaf_node, unchanged: b.example}
  - odd_key_package: {by: bob, suite: 2}
    expect: {error: invalid_leaf_node, unchanged: b.example}
  - odd_key_package: {by: bob}
    expect: {key_packages: {of: bob, remaining: 3}}
"""
    )


def test_a_cipher_suite_that_there_is_not() -> None:
    with pytest.raises(ScenarioFileError, match="cipher suite 9 is not one of 1 to 7"):
        scenario("  - odd_key_package: {by: bob, suite: 9}\n")
