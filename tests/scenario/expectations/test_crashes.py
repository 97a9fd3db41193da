"""How often providers crashed, and where."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, fails, passes, scenario

CRASHED = (
    TEAM
    + """
  - fault: [crash_at: {provider: b.example, point: committed, operation: deliver_message}]
  - send: {by: alice, group: team}
  - crash: a.example
"""
)


async def test_by_provider_point_and_operation() -> None:
    await passes(
        CRASHED
        + """
    expect:
      - crashes: {count: 2}
      - crashes: {of: b.example, count: 1}
      - crashes: {point: committed, operation: deliver_message, count: 1}
      - crashes: {of: a.example, point: committed, count: 0}
      - crashes: {of: c.example, count: 0}
      - crashes: {at_least: 2}
"""
    )


@pytest.mark.parametrize(("many", "wanted"), [("count: 1", "1 crashes"), ("at_least: 3", "at least 3 crashes")])
async def test_another_number(many: str, wanted: str) -> None:
    mismatch = await fails(CRASHED + f"    expect: {{crashes: {{{many}}}}}\n")
    assert (mismatch.expected, mismatch.happened) == (wanted, "there were 2")


def test_how_many_has_to_be_said() -> None:
    with pytest.raises(ScenarioFileError, match="say how many"):
        scenario(CRASHED + "    expect: {crashes: {of: a.example}}\n")
