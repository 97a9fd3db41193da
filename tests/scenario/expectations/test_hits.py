"""How often faults came true."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, fails, passes, scenario

LIES = (
    TEAM
    + """
  - fault:
      - respond: {where: {endpoint: fan_out, recipient: b.example, times: 1}}
      - drop_answer: {where: {endpoint: fan_out, recipient: c.example, times: 1}}
    as: lies
  - fault: [crash_at: {provider: c.example, point: fetched, restarts: true}]
    as: crash
  - send: {by: alice, group: team}
  - repair: [lies, crash]
"""
)


async def test_of_requests_and_of_machines_also_when_they_are_repaired() -> None:
    await passes(
        LIES
        + """
    expect:
      - hits: {of: lies, count: 2}
      - hits: {of: crash, count: 1}
      - hits: {of: [lies, crash], at_least: 3}
"""
    )


@pytest.mark.parametrize(("many", "wanted"), [("count: 1", "1 times"), ("at_least: 3", "at least 3 times")])
async def test_another_number(many: str, wanted: str) -> None:
    mismatch = await fails(LIES + f"    expect: {{hits: {{of: lies, {many}}}}}\n")
    assert (mismatch.expected, mismatch.happened) == (f"lies to hit {wanted}", "it was 2")


def test_how_many_has_to_be_said() -> None:
    with pytest.raises(ScenarioFileError, match="say how many"):
        scenario(LIES + "    expect: {hits: {of: lies}}\n")
