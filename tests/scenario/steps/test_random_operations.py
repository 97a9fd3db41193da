"""The step that leaves it to the seed what happens; what is drawn is in tests/scenario/random_operations."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, passes, scenario


async def test_it_goes_on_from_what_is_there() -> None:
    result = await passes(TEAM + "\n  - random_operations: {count: 6, faults: false}\n")
    assert result.steps[-1].name == "random_operations"


def test_there_is_one_at_least() -> None:
    with pytest.raises(ScenarioFileError, match="1"):
        scenario(TEAM + "\n  - random_operations: 0\n")
