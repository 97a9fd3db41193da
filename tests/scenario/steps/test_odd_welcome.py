"""Welcomes by which nobody must join."""

import pytest

from simulator.scenario.loading.problems import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, passes, scenario

ALONE = """
  - connect: {from: alice, to: bob}
  - create_group: alice
    as: team
"""


async def test_whoever_is_added_rejects_it() -> None:
    await passes(
        ALONE
        + """
  - odd_welcome: {by: alice, group: team, users: bob, flaw: wrong_tag_in_welcome}
    expect:
      - noticed: {event: rejected, by: bob, fields: {rule: invalid_confirmation_tag}}
      - may_reject: invalid_confirmation_tag
"""
    )


def test_flaws_are_listed_words() -> None:
    with pytest.raises(ScenarioFileError, match='unknown flaw of Welcomes "wrong_tag"'):
        scenario(TEAM + "  - odd_welcome: {by: alice, group: team, users: bob, flaw: wrong_tag}\n")
