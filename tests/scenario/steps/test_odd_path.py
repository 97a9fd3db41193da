"""Paths that do not fit the tree."""

import pytest

from simulator.scenario.loading.problems import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, passes, scenario


async def test_the_hub_refuses_a_path_that_is_too_short() -> None:
    await passes(
        TEAM
        + """
  - odd_path: {by: bob, group: team, flaw: short_path}
    expect: {http: 422, error: invalid_commit, unchanged: a.example}
"""
    )


def test_flaws_are_listed_words() -> None:
    with pytest.raises(ScenarioFileError, match='unknown flaw of paths "short"'):
        scenario(TEAM + "  - odd_path: {by: bob, group: team, flaw: short}\n")
