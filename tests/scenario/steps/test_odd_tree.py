"""Ratchet trees that break a rule, told to whoever joins from outside."""

import pytest

from simulator.drafts.mimi_protocol_06 import MIMI_PROTOCOL_06
from simulator.scenario.loading.problems import ScenarioFileError
from simulator.scenario.steps.odd_tree import OddTreeStep
from tests.scenario.small_scenarios import TEAM, passes, scenario


async def test_the_joiner_sees_it_and_then_the_truth() -> None:
    await passes(
        TEAM
        + """
  - odd_tree: {by: alice, group: team, flaw: parent_of_nobody}
  - external_join: {by: bob, group: team}
    expect: {fails: no parent hash below node 3}
  - external_join: {by: bob, group: team}
    expect: {agreement: {group: team, epoch: 2}}
"""
    )


async def test_nothing_is_wrong_if_not_said() -> None:
    await passes(
        TEAM
        + """
  - odd_tree: {by: alice, group: team}
  - external_join: {by: bob, group: team}
    expect: {agreement: {group: team, epoch: 2}}
"""
    )


def test_flaws_are_listed_words() -> None:
    with pytest.raises(ScenarioFileError, match='unknown flaw of ratchet trees "unmerged"'):
        scenario(TEAM + "  - odd_tree: {by: alice, group: team, flaw: unmerged}\n")


def test_it_means_nothing_where_only_the_joiner_can_read_the_answer() -> None:
    why = MIMI_PROTOCOL_06.lacking(OddTreeStep.needs)
    assert why is not None
    assert "encrypted to the joiner" in why
