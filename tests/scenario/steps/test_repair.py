"""Faults end by name, or all at once."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, fails, passes, scenario

CUT_OFF = """
  - fault: [partition: {side: b.example}]
    as: rift
  - fault: [refuse_connection: {where: {recipient: b.example}}]
    as: wall
  - send: {by: alice, group: team}
    as: late
    expect: {received: {messages: late, by: [alice, carol]}}
"""


@pytest.mark.parametrize("repaired", ["{}", "[rift, wall]"])
async def test_what_was_held_up_arrives(repaired: str) -> None:
    await passes(
        TEAM
        + CUT_OFF
        + f"  - repair: {repaired}\n  - advance: 10s\n"
        + "    expect: {received: {messages: late, by: [alice, bob, carol]}}\n"
    )


@pytest.mark.parametrize("repaired", ["rift", "wall"])
async def test_what_is_not_repaired_stays(repaired: str) -> None:
    mismatch = await fails(
        TEAM + CUT_OFF + f"  - repair: {repaired}\n  - advance: 10s\n    expect: {{delivered: {{all: true}}}}\n"
    )
    assert mismatch.expected == "everything to have arrived"


def test_only_faults_can_be_repaired() -> None:
    with pytest.raises(ScenarioFileError, match='unknown fault "team": that is a group'):
        scenario(TEAM + "  - repair: team\n")
