"""Every shipped scenario passes, and the same seed makes the same bytes."""

from pathlib import Path

import pytest

from simulator.scenario import Result, Scenario, load, load_file, run_scenario
from simulator.trace import Recorder
from tests.scenario.stage import Silent, culprit

FOLDER = Path(__file__).parents[2] / "scenarios"
SCENARIOS = load([FOLDER])
FAMILIES = ("connection", "joins", "fanout", "malicious")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: Path(scenario.id).name)
async def test_every_shipped_scenario_passes(scenario: Scenario) -> None:
    result = await run_scenario(scenario, None, Silent())
    assert result.result is Result.passed, culprit(result)
    assert result.exchanges > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_has_three_files_or_more(family: str) -> None:
    assert len([scenario for scenario in SCENARIOS if Path(scenario.file).parent.name == family]) >= 3


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: Path(scenario.id).name)
def test_each_explains_itself_and_has_three_providers_or_more(scenario: Scenario) -> None:
    assert len(scenario.content.description) > 100
    assert len(scenario.topology.providers) >= 3


async def bodies(scenario: Scenario, seed: int) -> list[tuple[str, str, str, bytes, bytes]]:
    """All exchanges of a run. Requests to several providers go out side by side, so their order is no promise."""
    recorder = Recorder()
    result = await run_scenario(scenario, seed, Silent(), recorder)
    assert result.result is Result.passed, culprit(result)
    return sorted((e.sender, e.recipient, e.endpoint, e.request, e.response) for e in recorder.exchanges)


@pytest.mark.parametrize("name", ["joins/racing-adds", "fanout/offline-client", "malicious/rewritten-sender"])
async def test_one_seed_makes_the_same_bytes_and_another_seed_others(name: str) -> None:
    scenario = load_file(FOLDER / f"{name}.yaml")
    first, second, other = [await bodies(scenario, seed) for seed in (7, 7, 8)]
    assert first == second
    assert [exchange[:3] for exchange in first] != []
    changed = [ours for ours, theirs in zip(first, other, strict=True) if ours[3:] != theirs[3:]]
    assert len(changed) > len(first) // 2
