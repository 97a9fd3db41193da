"""What was said is reported where it can be proven."""

from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, play


async def test_a_draft_without_evidence_does_not_know_what_it_means() -> None:
    result = await play(TEAM + "\n  - report: {by: alice, group: team, of: bob}\n")
    assert result.steps[-1].result is Result.unsupported
    assert "nothing proves to the hub what was said" in str(result.steps[-1].message)
