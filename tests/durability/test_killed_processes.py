"""Processes of providers are killed while users act, and nothing that was accepted is lost or doubled. Where they
answer before they have committed, that is found.
"""

from pathlib import Path

import pytest

from simulator.federation.processes import process
from simulator.scenario import NullObserver, Result, Scenario, load, run_scenario
from tests.cli.process import ROOT

SCENARIO = "scenarios/resilience/killed-processes.yaml"
SEEDS = range(1, 9)


def _scenario(folder: Path, operations: int, rate: float, at_least: int) -> Scenario:
    """With so many kills at least, as is expected at its end."""
    file = folder / "killed.yaml"
    file.write_text((ROOT / SCENARIO).read_text() + f"  - expect: [{{hits: {{of: kill, at_least: {at_least}}}}}]\n")
    (scenario,) = load([file], parameters={"operations": operations, "kill_rate": rate})
    return scenario


async def test_nothing_is_lost(tmp_path: Path) -> None:
    found = await run_scenario(_scenario(tmp_path, operations=6, rate=0.2, at_least=2), 1, NullObserver())
    assert found.result is Result.passed, found


async def test_it_is_found_where_a_store_commits_too_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, work = process._command, "; from simulator.federation.processes.worker"

    def with_mistake(descriptors: list[int]) -> list[str]:
        *python, code = command(descriptors)
        mistake = "; from tests.durability.planted_in_processes import commit_too_late; commit_too_late()"
        return [*python, code.replace(work, mistake + work)]

    monkeypatch.setattr(process, "_command", with_mistake)
    scenario = _scenario(tmp_path, operations=15, rate=0.15, at_least=0)
    for seed in SEEDS:
        if (await run_scenario(scenario, seed, NullObserver())).result is Result.failed:
            return
    raise AssertionError("no seed has found it")
